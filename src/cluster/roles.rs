//! The roles of the security plugin that an archive needs.

use serde_json::json;

use super::address::Address;

/// What is asked of the cluster as a whole, of an archive that is asked, and besides of one that is loaded.
const CLUSTER: [&str; 2] = ["cluster:monitor/main", "indices:data/read/msearch"];
const BULK: &str = "indices:data/write/bulk";
const READ: [&str; 6] = [
    "indices:data/read/search",
    "indices:data/read/msearch",
    "indices:data/read/get",
    "indices:monitor/stats",
    "indices:admin/aliases/get",
    "indices:admin/analyze",
];
const WRITE: [&str; 5] = [
    "indices:admin/create",
    "indices:admin/delete",
    "indices:admin/aliases",
    "indices:admin/refresh*",
    "indices:data/write/*",
];

/// The roles of who asks an archive, and of who loads it: their names, and what the plugin's REST interface takes.
pub(crate) fn roles(address: &Address) -> [(String, String); 2] {
    // The names of other archives may go on behind this one's, but not with a dot.
    let indices = [address.alias(), format!("{}.*", address.alias())];
    let role = |who: &str, cluster: &[&str], actions: &[&str]| {
        let role = json!({
            "cluster_permissions": cluster,
            "index_permissions": [{ "index_patterns": indices, "allowed_actions": actions }],
        });
        (format!("dateline-{}-{who}", address.archive), format!("{role:#}"))
    };
    [role("reader", &CLUSTER, &READ), role("writer", &[&CLUSTER[..], &[BULK]].concat(), &[&READ[..], &WRITE].concat())]
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    #[test]
    fn a_role_reaches_its_own_archive_alone_and_only_who_loads_may_write() {
        let [(reader, read), (_, write)] = roles(&Address::parse("http://127.0.0.1:9200/river").unwrap());
        assert_eq!(reader, "dateline-river-reader");
        for role in [&read, &write] {
            let role: serde_json::Value = serde_json::from_str(role).unwrap();
            let patterns = &role["index_permissions"][0]["index_patterns"];
            assert_eq!(*patterns, json!(["dateline-river", "dateline-river.*"]));
        }
        assert!(!read.contains("write") && write.contains("indices:data/write/*"));
    }
}
