//! Messages as clients send them, read leniently.

use rmcp::model::ClientJsonRpcMessage;
use serde_json::{Value, json};

pub(super) const PARSE_ERROR: i64 = -32_700;
pub(super) const INVALID_REQUEST: i64 = -32_600;

/// The message in a text: none in an empty one, and none where it is a notification that is not known here. Fails with the
/// answer to what is no message.
pub(super) fn read(text: &[u8]) -> std::result::Result<Option<ClientJsonRpcMessage>, Value> {
    let text = text.strip_prefix(b"\xef\xbb\xbf").unwrap_or(text).trim_ascii();
    if text.is_empty() {
        return Ok(None);
    }
    let no_json = |error: serde_json::Error| refusal(&Value::Null, PARSE_ERROR, &format!("this is no JSON: {error}"));
    let mut message: Value = serde_json::from_slice(text).map_err(no_json)?;
    if message["method"] == "tools/call" {
        pack(&mut message["params"]);
    }
    let id = message.get("id").cloned().unwrap_or_default();
    let is_notification = message.get("method").is_some() && message.get("id").is_none();
    match serde_json::from_value(message) {
        Ok(message) => Ok(Some(message)),
        // Nobody waits for an answer to a notification that is not known here.
        Err(_) if is_notification => Ok(None),
        Err(_) => {
            let what = "this is no message of the protocol: {\"jsonrpc\": \"2.0\", \"id\": 1, \"method\": \"tools/list\"} is one";
            Err(refusal(&id, INVALID_REQUEST, what))
        }
    }
}

/// Arguments of a call that are no object, as an object: the tool unpacks it, or says what was wrong.
fn pack(params: &mut Value) {
    let Some(params) = params.as_object_mut() else { return };
    match params.get("arguments") {
        None | Some(Value::Object(_)) => {}
        Some(Value::Null) => {
            params.remove("arguments");
        }
        Some(other) => {
            let packed = json!({"arguments": other});
            params.insert("arguments".into(), packed);
        }
    }
}

/// The answer to what cannot be answered otherwise. An id that is none is left out.
pub(super) fn refusal(id: &Value, code: i64, message: &str) -> Value {
    let id = if id.is_string() || id.is_number() { id.clone() } else { Value::Null };
    json!({"jsonrpc": "2.0", "id": id, "error": {"code": code, "message": message}})
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_no_message_is_answered_with_its_id() {
        for (line, code, id) in [
            ("hello", PARSE_ERROR, json!(null)),
            ("{", PARSE_ERROR, json!(null)),
            ("[]", INVALID_REQUEST, json!(null)),
            ("7", INVALID_REQUEST, json!(null)),
            (r#"{"id": 7}"#, INVALID_REQUEST, json!(7)),
            (r#"{"id": "a", "method": "tools/list"}"#, INVALID_REQUEST, json!("a")),
            (r#"{"jsonrpc": "1.0", "id": 7, "method": "tools/list"}"#, INVALID_REQUEST, json!(7)),
        ] {
            let answer = read(line.as_bytes()).expect_err(line);
            assert_eq!((&answer["error"]["code"], &answer["id"]), (&json!(code), &id), "{line}");
        }
    }

    #[test]
    fn empty_lines_and_unknown_notifications_are_passed_over() {
        for line in ["", "  \r", r#"{"jsonrpc": "2.0", "method": 7}"#] {
            assert!(read(line.as_bytes()).is_ok_and(|message| message.is_none()), "{line}");
        }
    }
}
