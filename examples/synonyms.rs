//! Words to be held for the same: names that changed, spellings, abbreviations.
//!
//! ```sh
//! cargo run --example synonyms
//! ```

use dateline::{Document, Index, NoteKind, Result, Synonyms};

fn main() -> Result<()> {
    let index = Index::in_memory()?;
    let mut writer = index.writer()?;
    writer.add(Document::new("a", "The Port Maren lifeboat put out at dawn."))?;
    writer.add(Document::new("b", "The lifeboat of Sankt Maren was back before noon."))?;
    writer.add(Document::new("c", "The RNS was asked for a second boat."))?;
    writer.add(Document::new("d", "The Royal Northern Society sent a second boat."))?;
    writer.commit()?;

    // One line a group, as it may stand in a file; a group may hold phrases. What stands behind # is for people.
    let synonyms = Synonyms::parse(
        "# names of the town\n\
         Port Maren = Sankt Maren\n\
         RNS = Royal Northern Society\n",
    );
    println!("{} groups", synonyms.len());

    for question in ["\"Port Maren\"", "RNS", "=RNS"] {
        let without = index.search(question).run()?;
        let with = index.search(question).synonyms(synonyms.clone()).run()?;
        println!("{question}: {} documents, with synonyms {}", without.total, with.total);
        // What was added is said, with a kind that a program can tell from others. `=` finds a word only as typed.
        for note in with.notes.iter().filter(|note| note.kind == NoteKind::Synonyms) {
            println!("  {note}");
        }
        for hit in &with.hits {
            println!("  {}: {}", hit.id, hit.passages.first().map_or(String::new(), |passage| passage.to_html()));
        }
    }
    Ok(())
}
