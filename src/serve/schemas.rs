//! The types of the JSON contract as JSON Schema (2020-12), written down short.
//!
//! A type is a name and its fields. `name:type` is a field that is always there, `name?:type` one that may be absent. A type
//! is `str`, `int`, `num`, `bool`, `date` (a day, a month or a year), `day`, `range` (two numbers), `any`, the name of
//! another type, `[type]` for a list, and `type|null` where it may be null.

use serde_json::{Map, Value, json};

/// Every type of the contract that the interface answers with. `+Type` takes over the fields of another.
pub(super) const TYPES: [(&str, &str); 52] = [
    ("Note", "kind:str message:str span:range|null"),
    ("DateClue", "date:date rule:str place:str written:str event?:str uncertain?:bool"),
    ("PartialDateClue", "date:str place:str written:str"),
    ("SourceClue", "name:str rule:str place:str"),
    (
        "Dated",
        "date_provenance:DateClue|null date_candidates:[DateClue] date_refused?:[DateClue] date_partial_provenance?:PartialDateClue",
    ),
    (
        "Attributed",
        "source:str|null source_provenance:SourceClue|null publisher:SourceClue|null agency:SourceClue|null byline:SourceClue|null",
    ),
    ("Mark", "bytes:range chars:range"),
    ("Days", "from:day|null to:day|null"),
    ("Mention", "+Mark days:Days certainty:str rule:str value:str"),
    (
        "Passage",
        "id:str number:int text:str bytes:range chars:range file_byte:int|null line:int|null page:int|null cell?:str slide?:int time?:num region?:[int] recognised_by?:str best:range also:range|null highlights:[Mark] mentions:[Mention] score:num",
    ),
    ("FigureChange", "old:str new:str"),
    (
        "Copy",
        "id:str record_id:str|null title:str|null date:date|null source:str|null file:str|null member:str|null relation:str share:int share_of_other:int figures:[FigureChange]",
    ),
    ("PartScore", "part:str score:num"),
    ("Scores", "document:num exact:num feedback:num passage:num days?:num parts:[PartScore]"),
    (
        "Hit",
        "+Dated +Attributed rank:int id:str record_id:str|null title:str|null title_highlights:[Mark] title_mentions:[Mention] date:date|null date_precision:str lang:str|null url:str|null file:str|null member:str|null line:int|null score:num scores?:Scores passages:[Passage] copied:int copies:[Copy] versions:[Copy] follows:bool cite?:str",
    ),
    ("SourceCount", "value:str documents:int from_folder:int first:day|null last:day|null"),
    (
        "Results",
        "version:int read_as:str matched:str notes:[Note] total:int distinct:int undated:int undated_left_out:int first:day|null last:day|null tree?:str hits:[Hit] next:str|null sources:[SourceCount]",
    ),
    ("CopyOf", "id:str relation:str share:int"),
    ("FirstHit", "+Hit copy_of:CopyOf|null"),
    (
        "DatedDocument",
        "+Dated id:str record_id:str|null title:str|null date:date|null date_precision:str source:str|null file:str|null member:str|null line:int|null doubts:[str]",
    ),
    (
        "FirstReport",
        "version:int read_as:str notes:[Note] total:int distinct:int documents:[FirstHit] coarse:int conflicting:int undated:int uncertain:[DatedDocument]",
    ),
    ("Bucket", "label:str start:day documents:int all?:int mentioned?:int"),
    ("SourceStep", "documents:int all?:int"),
    (
        "SourceSteps",
        "source:str|null other_sources?:int documents:int all?:int undated:int coarse:int steps:[SourceStep]",
    ),
    ("TimelineMentions", "coarse:int silent:int"),
    (
        "Timeline",
        "version:int read_as:str notes:[Note] total:int undated:int unit:str coarse:int all?:int mentions?:TimelineMentions buckets:[Bucket] sources?:[SourceSteps]",
    ),
    ("Alike", "name:str others:[str]"),
    ("SourceReport", "version:int read_as:str notes:[Note] total:int undated:int sources:[SourceCount] alike:[Alike]"),
    ("ValueCount", "value:str documents:int"),
    ("FieldReport", "version:int read_as:str notes:[Note] total:int field:str documents:int values:[ValueCount]"),
    (
        "FigurePassage",
        "id:str date:date|null source:str|null title:str|null file:str|null member:str|null line:int|null url:str|null text:str bytes:range|null written:str highlights:[Mark]",
    ),
    ("FigureSource", "source:str|null documents:int first:day|null last:day|null"),
    (
        "Figure",
        "value:num high:num|null bound:str unit:str|null text:str documents:int sources:[FigureSource] first:day|null last:day|null passages:[FigurePassage]",
    ),
    (
        "FiguresReport",
        "version:int read_as:str notes:[Note] total:int distinct:int documents:int figures:[Figure] figures_left_out:int",
    ),
    ("ComparedQuery", "query:str read_as:str notes:[Note] total:int undated_left_out:int"),
    (
        "Sighting",
        "date:date|null id:str title:str|null file:str|null member:str|null url:str|null passage:Passage|null cite?:str",
    ),
    ("ComparedCell", "documents:int coarse:int undated:int first:Sighting|null last:Sighting|null"),
    ("Switch", "from:int to:int date:day strays:int"),
    ("ComparedSource", "source:str|null cells:[ComparedCell] switches:[Switch]"),
    ("Comparison", "version:int queries:[ComparedQuery] sources:[ComparedSource] sources_left_out:int"),
    ("RuleCount", "rule:str|null documents:int day:int month:int year:int"),
    ("DoubtCount", "doubt:str documents:int"),
    (
        "DateReport",
        "version:int read_as:str notes:[Note] total:int undated_left_out:int rules:[RuleCount] doubtful:int doubts:[DoubtCount] documents:[DatedDocument]",
    ),
    ("Story", "lead:DatedDocument copied:int copies:[Copy]"),
    ("CopyReport", "version:int read_as:str notes:[Note] total:int distinct:int stories:int listed:[Story]"),
    ("PassageText", "id:str number:int bytes:range text?:str"),
    (
        "DocumentReport",
        "+Dated +Attributed version:int file:str|null member:str|null line:int|null id:str record_id:str|null title:str|null date:date|null date_precision:str date_partial?:str lang:str|null url:str|null encoding:str|null encoding_certainty:str|null unreadable:int metadata:any passages:[PassageText]",
    ),
    ("Stretch", "same:bool old:str new:str old_bytes:range new_bytes:range"),
    ("DiffReport", "version:int old_id:str new_id:str figures:[FigureChange] changes:[Stretch]"),
    ("LanguageCount", "language:str documents:int"),
    (
        "Info",
        "version:int documents:int undated:int sources:int bytes:int files:int skipped:int first:day|null last:day|null languages:[LanguageCount] format:int segments:int path:str|null space?:any",
    ),
    ("Wrong", "parameter:str|null at:range|null detail:str hint:str|null"),
];

/// The types of what is posted, and of problems.
pub(super) const MORE: [(&str, &str); 8] = [
    ("Problem", "type:str title:str status:int detail:str hint:str errors:[Wrong] candidates?:[str]"),
    ("Skipped", "file:str member?:str line?:int reason:str"),
    (
        "BatchRow",
        "id:str query:str read_as:str|null documents:int|null undated:int|null first:day|null last:day|null top_source:str|null top_source_documents:int|null passage:str|null notes:[Note] error:str|null",
    ),
    ("Difference", "class:str grave:bool accepted:bool quoted:str source:str quote_chars:range source_chars:range"),
    ("QuoteGap", "text:str chars:range put_in:str|null across_sentences:bool"),
    (
        "QuotePlace",
        "ref:str date:date|null date_precision:str doubt:[str] source:str|null title:str|null file:str|null passage:int text:str chars:range copies:int as_claimed:bool cite:str",
    ),
    (
        "CheckedQuote",
        "number:int text:str line:int|null status:str grave:bool differences:[Difference] gaps:[QuoteGap] total:int distinct:int places:[QuotePlace] nearest:QuotePlace|null",
    ),
    ("QuoteReport", "version:int revision:str checked:int passed:int grave:int notes:[Note] quotes:[CheckedQuote]"),
];

/// The schemas of all types by name.
pub(super) fn schemas() -> Map<String, Value> {
    TYPES.iter().chain(&MORE).map(|(name, fields)| ((*name).to_owned(), object(fields))).collect()
}

/// The schema of a type as it is written in the table.
pub(super) fn schema(written: &str) -> Value {
    if let Some(one) = written.strip_suffix("|null") {
        let mut schema = schema(one);
        return match schema.get("type").and_then(Value::as_str).map(str::to_owned) {
            Some(kind) => {
                schema["type"] = json!([kind, "null"]);
                schema
            }
            None => json!({"anyOf": [schema, {"type": "null"}]}),
        };
    }
    if let Some(item) = written.strip_prefix('[').and_then(|rest| rest.strip_suffix(']')) {
        return json!({"type": "array", "items": schema(item)});
    }
    match written {
        "str" => json!({"type": "string"}),
        "int" => json!({"type": "integer"}),
        "num" => json!({"type": "number"}),
        "bool" => json!({"type": "boolean"}),
        "date" => json!({"type": "string", "pattern": "^[0-9]{4}(-[0-9]{2}(-[0-9]{2})?)?$"}),
        "day" => json!({"type": "string", "pattern": "^[0-9]{4}-[0-9]{2}-[0-9]{2}$"}),
        "range" => json!({"type": "array", "items": {"type": "integer"}, "minItems": 2, "maxItems": 2}),
        "any" => json!({"type": "object"}),
        name => json!({"$ref": format!("#/components/schemas/{name}")}),
    }
}

fn object(fields: &str) -> Value {
    let (mut properties, mut required) = (Map::new(), Vec::new());
    gather(fields, &mut properties, &mut required);
    json!({"type": "object", "properties": properties, "required": required})
}

fn gather(fields: &str, properties: &mut Map<String, Value>, required: &mut Vec<String>) {
    for field in fields.split_whitespace() {
        if let Some(other) = field.strip_prefix('+') {
            let whole = TYPES.iter().find(|(name, _)| *name == other).map_or("", |(_, fields)| fields);
            gather(whole, properties, required);
            continue;
        }
        let (name, kind) = field.split_once(':').unwrap_or((field, "any"));
        let bare = name.trim_end_matches('?');
        properties.insert(bare.to_owned(), schema(kind));
        if bare == name {
            required.push(bare.to_owned());
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_type_that_is_named_is_described() {
        let schemas = schemas();
        let text = serde_json::to_string(&schemas).unwrap_or_default();
        let named: Vec<&str> =
            text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()).collect();
        assert!(named.len() > 50);
        for name in named {
            assert!(schemas.contains_key(name), "{name}");
        }
    }

    #[test]
    fn types_are_read_as_they_are_written() {
        assert_eq!(schema("str|null"), json!({"type": ["string", "null"]}));
        assert_eq!(schema("[Hit]"), json!({"type": "array", "items": {"$ref": "#/components/schemas/Hit"}}));
        assert_eq!(schema("Hit|null"), json!({"anyOf": [{"$ref": "#/components/schemas/Hit"}, {"type": "null"}]}));
        assert_eq!(object("+Mark x?:int")["required"], json!(["bytes", "chars"]));
    }
}
