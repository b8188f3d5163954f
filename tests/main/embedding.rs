//! The library as a program embeds it: documents made by hand, clones on threads, a writer beside searches.

use std::sync::atomic::{AtomicBool, Ordering};

use dateline::{
    Corpus, Date, DateRange, Document, Error, ErrorKind, Index, IndexWriter, Query, Results, Search, Sort, Splitter,
    Timeline, Unit,
};

use crate::support::{found, in_memory};

const fn goes_between_threads<T: Send + Sync>() {}
const fn is_moved_to_threads<T: Send>() {}
const _: () = {
    goes_between_threads::<Index>();
    goes_between_threads::<Search>();
    goes_between_threads::<Results>();
    goes_between_threads::<Timeline>();
    goes_between_threads::<Query>();
    goes_between_threads::<Document>();
    goes_between_threads::<Corpus>();
    goes_between_threads::<Error>();
    goes_between_threads::<Splitter>();
    is_moved_to_threads::<IndexWriter>();
    is_moved_to_threads::<dateline::Documents>();
};

#[test]
fn a_document_is_replaced_by_one_of_its_id_and_removed_by_it() {
    let index = in_memory([Document::new("a", "The first ferry."), Document::new("b", "The second ferry.")]);
    let mut writer = index.writer().unwrap();
    writer.add(Document::new("a", "A lighthouse instead.")).unwrap();
    writer.remove("b");
    writer.remove("never there");
    assert_eq!(found(&index, "ferry"), ["a", "b"], "nothing is seen before the commit");
    let report = writer.commit().unwrap();
    assert_eq!((report.added, report.removed, report.undated), (1, 2, 1));
    assert_eq!(found(&index, "ferry"), [""; 0]);
    assert_eq!(found(&index, "lighthouse"), ["a"]);
    assert_eq!(index.info().unwrap().documents, 1);
}

#[test]
fn of_two_documents_of_one_id_in_one_commit_the_last_one_stays() {
    let index = in_memory([Document::new("a", "An early ferry."), Document::new("a", "A late ferry.")]);
    assert_eq!(index.search("ferry").run().unwrap().total, 1);
    assert_eq!(found(&index, "late"), ["a"]);
}

#[test]
fn what_was_not_committed_never_happened() {
    let index = in_memory([Document::new("a", "The first ferry.")]);
    let mut writer = index.writer().unwrap();
    writer.add(Document::new("b", "Another ferry.")).unwrap();
    writer.remove("a");
    drop(writer);
    assert_eq!(found(&index, "ferry"), ["a"]);
    // And the next writer begins anew.
    index.writer().unwrap().commit().unwrap();
    assert_eq!(found(&index, "ferry"), ["a"]);
}

#[test]
fn a_document_comes_back_whole() {
    let document = Document::new("tract/17 #2", "Soyez réalistes, demandez l’impossible.")
        .title("Tract 17")
        .source("Sorbonne/Comité")
        .date("1968-05".parse::<Date>().unwrap())
        .language("fr".parse().unwrap())
        .url("https://tracts.example/17")
        .metadata("colour", "red");
    let index = in_memory([document.clone()]);
    assert_eq!(index.document("tract/17 #2").unwrap(), Some(document));
    let hit = index.search("réaliste").run().unwrap().hits.remove(0);
    assert_eq!((hit.id.as_str(), hit.title.as_deref()), ("tract/17 #2", Some("Tract 17")));
    assert_eq!(hit.source.unwrap().as_str(), "Sorbonne/Comité");
    assert_eq!(hit.passages[0].id, "tract/17 #2#1");
    assert_eq!(found(&index, "source:sorbonne"), ["tract/17 #2"], "a source above it will do");
    assert_eq!(found(&index, "source:comité"), ["tract/17 #2"]);
    assert_eq!(found(&index, "-source:sorbonne"), [""; 0]);
}

#[test]
fn clones_search_on_many_threads_while_a_writer_commits() {
    let index = in_memory([Document::new("0", "Ferry number 0.")]);
    let done = AtomicBool::new(false);
    std::thread::scope(|scope| {
        for _ in 0..3 {
            let (index, done) = (index.clone(), &done);
            scope.spawn(move || {
                let mut last = 0;
                loop {
                    let finished = done.load(Ordering::Acquire);
                    let results = index.search("ferry").limit(3).run().unwrap();
                    assert!(results.total >= last, "a commit was taken back");
                    assert!(!results.hits.is_empty());
                    last = results.total;
                    if finished {
                        return assert_eq!(last, 21);
                    }
                }
            });
        }
        let mut writer = index.writer().unwrap();
        for n in 1..=20 {
            writer.add(Document::new(n.to_string(), format!("Ferry number {n}."))).unwrap();
            if n % 5 == 0 {
                writer.commit().unwrap();
            }
        }
        done.store(true, Ordering::Release);
    });
}

#[test]
fn an_index_in_a_folder_is_opened_made_and_refused_as_it_says() {
    let folder = tempfile::tempdir().unwrap();
    let place = folder.path().join("index");
    assert_eq!(Index::open(&place).err().unwrap().kind(), ErrorKind::NoIndex);
    assert!(!Index::exists(&place));
    let index = Index::create(&place).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(Document::new("a", "The ferry sails.")).unwrap();
    assert_eq!(index.writer().err().unwrap().kind(), ErrorKind::IndexBusy);
    writer.commit().unwrap();
    drop(writer);
    assert!(Index::create(&place).is_err(), "there is one already");
    let other = Index::open_or_create(&place).unwrap();
    assert_eq!(found(&other, "ferry"), ["a"]);

    let mut writer = index.writer().unwrap();
    writer.add(Document::new("b", "Another ferry.")).unwrap();
    writer.commit().unwrap();
    assert_eq!(found(&other, "ferry"), ["a"], "what was opened stays as it was");
    other.reload().unwrap();
    assert_eq!(found(&other, "ferry"), ["a", "b"]);
}

#[test]
fn documents_of_files_and_documents_made_by_hand_live_in_one_index() {
    let archive = crate::support::Archive::new().file("a.txt", "The ferry of the file.\n");
    archive.update(&["files"]);
    let index = Index::open(archive.index()).unwrap();
    let mut writer = index.writer().unwrap();
    writer.add(Document::new("mine", "The ferry made by hand.")).unwrap();
    writer.commit().unwrap();
    drop(writer);
    archive.write("files/a.txt", "The ferry of the changed file.\n");
    let report = archive.update(&["files"]);
    assert_eq!((report.changed, report.documents), (1, 2));
    assert!(archive.ids("ferry").contains(&"mine".to_string()));
}

#[test]
fn a_rebuild_that_fails_leaves_the_index_as_it_was() {
    let archive = crate::support::Archive::new().file("a.txt", "The ferry sails.\n");
    archive.update(&["files"]);
    let failed = Index::rebuild(archive.index(), |_| -> dateline::Result<()> {
        Err(Error::new(ErrorKind::Argument, "the caller thought better of it"))
    });
    assert!(failed.is_err());
    assert_eq!(archive.ids("ferry").len(), 1);
}

#[test]
fn the_builder_and_the_question_are_one() {
    let index = in_memory([
        Document::new("a", "The ferry.").source("Courier").date("1992-02-26".parse().unwrap()),
        Document::new("b", "The ferry.").source("Courier").date("1993".parse().unwrap()),
        Document::new("c", "The ferry.").source("Gazette"),
    ]);
    let february: DateRange = "1992-02".parse::<Date>().unwrap().range();
    let built = index.search("ferry").source("courier").dates(february).run().unwrap();
    let typed = index.search("ferry source:courier date:1992-02").run().unwrap();
    assert_eq!((built.total, typed.total), (1, 1));
    assert_eq!(built.read_as, typed.read_as);
    assert_eq!(built.sources.len(), 0, "sources are listed only when asked for");
    let none = index.search("ferry").limit(0).count_sources(true).run().unwrap();
    assert_eq!((none.total, none.hits.len(), none.sources.len()), (3, 0, 2));
    let oldest = index.search("ferry").sort(Sort::Oldest).run().unwrap();
    assert!(oldest.hits.iter().all(|hit| hit.score == 0.0));
    assert_eq!(index.search("ferry").timeline(Unit::Year).unwrap().buckets.len(), 2);
}

#[test]
fn answers_serialize_and_name_no_engine() {
    let index = in_memory([Document::new("a", "The ferry & the <mill>.").date("1992".parse().unwrap())]);
    let results = index.search("mill").run().unwrap();
    let json = serde_json::to_string(&results).unwrap();
    assert!(json.contains("\"date\":\"1992\"") && !json.contains("tantivy"), "{json}");
    assert_eq!(results.hits[0].passages[0].to_html(), "The ferry &amp; the &lt;<mark>mill</mark>&gt;.");
}

#[test]
fn an_error_says_what_happened_to_which_file_and_what_to_do() {
    let error = Corpus::open("no/such/folder").unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Io);
    assert_eq!(error.path().unwrap().to_str(), Some("no/such/folder"));
    assert!(error.advice().is_some());
    assert!(!error.to_string().contains('\n'));
}

#[test]
fn pages_by_cursor_hold_every_document_once_however_many_are_alike() {
    let index = Index::in_memory().unwrap();
    for part in 0..4 {
        let mut writer = index.writer().unwrap();
        for number in 0..40 {
            let document = Document::new(format!("{part}-{number}"), "A ferry and another ferry.");
            let dated = if number % 5 == 0 { document } else { document.date("1992-02-26".parse::<Date>().unwrap()) };
            writer.add(dated).unwrap();
        }
        writer.commit().unwrap();
    }
    for (question, sort) in
        [("ferry", Sort::Best), ("ferry", Sort::Newest), ("\"another ferry\"", Sort::Best), ("", Sort::Oldest)]
    {
        let ask = || index.search(question).sort(sort);
        let ids = |results: &Results| -> Vec<String> { results.hits.iter().map(|hit| hit.id.clone()).collect() };
        let whole = ids(&ask().limit(1_000).run().unwrap());
        assert_eq!(whole.len(), 160);
        for size in [7, 16, 48, 60] {
            let mut paged = Vec::new();
            let mut page = ask().limit(size).run().unwrap();
            loop {
                let ranks: Vec<u64> = page.hits.iter().map(|hit| hit.rank).collect();
                assert_eq!(ranks, (paged.len() as u64 + 1..).take(page.hits.len()).collect::<Vec<_>>());
                assert_eq!(page.total, 160);
                paged.extend(ids(&page));
                // As text and back, as a program in between would keep it.
                let Some(next) = page.next.map(|next| next.to_string()) else { break };
                page = ask().limit(size).after(next.parse().unwrap()).run().unwrap();
            }
            assert_eq!(paged, whole, "{question} {sort:?}, {size} a page");
        }
    }
}

#[test]
fn ids_alone_are_those_of_the_whole_answer() {
    let texts = ["The ferry sank.", "Ferries and ferries again.", "A lighthouse.", "The ferry, the lighthouse."];
    let named = |number: usize, text: &str| Document::new(format!("{number:016x}"), text);
    let mut documents: Vec<Document> = texts.iter().enumerate().map(|(at, text)| named(at, text)).collect();
    documents.push(Document::new("by hand", "A ferry by hand."));
    let index = in_memory(documents);
    for question in ["ferry", "ferry lighthouse", "lighthouse ferry bridge", "nowhere", "ferry -lighthouse"] {
        let mut ids = index.search(question).ids().unwrap();
        let mut whole: Vec<String> = index.search(question).run().unwrap().hits.into_iter().map(|hit| hit.id).collect();
        ids.sort();
        whole.sort();
        assert_eq!(ids, whole, "{question}");
    }
    assert_eq!(index.search("ferry").sort(Sort::Newest).limit(2).offset(1).ids().unwrap().len(), 2);
}

#[test]
fn languages_are_counted_by_living_documents() {
    let document = |id: &str, code: &str| Document::new(id, "Words.").language(code.parse().unwrap());
    let index = in_memory([document("a", "en"), document("b", "en"), document("c", "en"), document("d", "fr")]);
    let mut writer = index.writer().unwrap();
    writer.remove("a");
    writer.remove("d");
    writer.commit().unwrap();
    let languages = index.info().unwrap().languages;
    let counts: Vec<_> = languages.iter().map(|count| (count.language.as_str(), count.documents)).collect();
    assert_eq!(counts, [("en", 2)]);
}
