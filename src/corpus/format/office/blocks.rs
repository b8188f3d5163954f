//! The paragraphs, lists, tables and notes of a Word document, as the foreign reader gives them, as text.

use undoc::model::{Block, ListType, Paragraph, RevisionType, Section, Table};

/// Adds a section with its heads, feet and tables to a text. What was deleted in revision is left out.
pub(super) fn add_section(text: &mut String, section: &Section) {
    let lines = |text: &mut String, paragraphs: &Option<Vec<Paragraph>>| {
        for paragraph in paragraphs.iter().flatten() {
            add_paragraph(text, paragraph);
        }
    };
    lines(text, &section.header);
    let mut in_list = false;
    for block in &section.content {
        match block {
            Block::Paragraph(paragraph) => {
                // The items of a list stay together.
                let item = paragraph.list_info.as_ref().is_some_and(|info| info.list_type != ListType::None);
                if item && in_list && text.ends_with("\n\n") {
                    text.pop();
                }
                add_paragraph(text, paragraph);
                in_list = item;
                continue;
            }
            Block::Table(table) => add_table(text, table),
            Block::Note { label, content } => {
                let begin = text.len();
                content.iter().for_each(|paragraph| add_paragraph(text, paragraph));
                if text.len() > begin {
                    text.insert_str(begin, &format!("[{label}] "));
                }
            }
            Block::Image { alt_text, .. } => {
                if let Some(words) = alt_text.as_deref().map(str::trim).filter(|words| words.contains(' ')) {
                    text.push_str(words);
                    text.push_str("\n\n");
                }
            }
            Block::PageBreak | Block::SectionBreak => {}
        }
        in_list = false;
    }
    lines(text, &section.footer);
}

/// Adds a paragraph and a blank line. Text deleted in revision is left out.
fn add_paragraph(text: &mut String, paragraph: &Paragraph) {
    let begin = text.len();
    match paragraph.list_info.as_ref().map(|info| (info.list_type, info.number)) {
        Some((ListType::Numbered, Some(number))) => text.push_str(&format!("{number}. ")),
        Some((ListType::Bullet, _)) => text.push_str("• "),
        _ => {}
    }
    let marked = text.len();
    add_runs(text, paragraph);
    if text.get(marked..).is_none_or(|words| words.trim().is_empty()) {
        text.truncate(begin);
        return;
    }
    text.truncate(text.trim_end().len());
    text.push_str("\n\n");
}

fn add_runs(text: &mut String, paragraph: &Paragraph) {
    for run in paragraph.runs.iter().filter(|run| run.revision != RevisionType::Deleted) {
        text.extend(run.text.chars().filter(|c| *c != '\u{ad}'));
        if let Some(label) = &run.note {
            text.push_str(&format!("[{label}]"));
        }
        if run.line_break || run.page_break {
            text.push('\n');
        }
    }
}

/// Adds the rows of a table, one a line, with tabs between cells. Tables in cells follow their row.
fn add_table(text: &mut String, table: &Table) {
    for row in &table.rows {
        let mut inner = Vec::new();
        let begin = text.len();
        for (number, cell) in row.cells.iter().enumerate() {
            if number > 0 {
                text.push('\t');
            }
            for (number, paragraph) in cell.content.iter().enumerate() {
                let begin = text.len();
                add_runs(text, paragraph);
                let words = text.split_off(begin);
                let words = words.trim().replace('\n', " ");
                text.push_str(if number > 0 && !words.is_empty() { " " } else { "" });
                text.push_str(&words);
            }
            inner.extend(&cell.nested_tables);
        }
        let empty = text.get(begin..).is_none_or(|row| row.trim().is_empty());
        text.truncate(if empty { begin } else { text.trim_end().len() });
        if !empty {
            text.push('\n');
        }
        inner.into_iter().for_each(|table| add_table(text, table));
    }
    if text.ends_with('\n') && !text.ends_with("\n\n") {
        text.push('\n');
    }
}
