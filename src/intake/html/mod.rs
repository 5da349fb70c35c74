//! HTML bodies as plain text, read once from front to back without a tree. Nothing is fetched: links and pictures
//! become words.

mod lines;
mod reading;
mod references;
mod tag;
mod tokens;

use reading::Reading;
use tokens::Tokens;

/// Longer HTML is cut before it is read; the original keeps all of it. In bytes.
const LONGEST: usize = 2 * 1024 * 1024;

/// The text, and whether all of the HTML could be read. Bold words stand between stars, as in a plain e-mail.
pub(super) fn to_text(html: &str) -> (String, bool) {
    let (html, whole) = cut(html);
    let (text, read) = Reading::marked().of(Tokens::of(html));
    (text, whole && read)
}

/// The words alone, for search.
pub(super) fn to_words(html: &str) -> String {
    Reading::unmarked().of(Tokens::of(cut(html).0)).0
}

fn cut(html: &str) -> (&str, bool) {
    let html = html.strip_prefix('\u{feff}').unwrap_or(html);
    (&html[..html.floor_char_boundary(LONGEST)], html.len() <= LONGEST)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(html: &str, expected: &str) {
        assert_eq!(to_text(html), (expected.to_owned(), true), "{html}");
    }

    #[test]
    fn words_of_html() {
        check("<p>Hello,<br>see you &amp; Robin at 5&nbsp;pm.</p>", "Hello,\nsee you & Robin at 5\u{a0}pm.");
        check("<a href='https://example.com/x'>the letter</a>", "[the letter][1]\n\n[1]: https://example.com/x");
        check("<p>one</p><hr><p>two</p>", "one\n\ntwo");
        check("<table><tr><td>a</td><td>b</td></tr></table>", "a\nb");
        check("<style>p{color:red}</style><script>alert(1)</script><p>only this</p>", "only this");
        check("<img src='https://example.com/track.gif'>seen", "seen");
        check("<blockquote><p>quoted</p></blockquote>mine", "> quoted\n\nmine");
        check("", "");
    }

    #[test]
    fn lines_of_html() {
        let cases = [
            ("a<br>b<br><br><br>c", "a\nb\n\nc"),
            ("<div>a</div><div><br></div><div>b<br></div><div>c</div>", "a\n\nb\nc"),
            ("<p class=MsoNormal>One<o:p></o:p></p><p><o:p>&nbsp;</o:p></p><p>Two</p>", "One\n\nTwo"),
            ("<p>a</p><!--[if mso]><p>no</p><![endif]--><![if !mso]><p>yes</p><![endif]>", "a\n\nyes"),
            ("a&nbsp; b<br>&nbsp;&nbsp;in", "a\u{a0} b\n\u{a0}\u{a0}in"),
            ("<h1>A <b>B</b></h1><h3>C<br>D</h2>e", "# A **B**\n\n### C\n### D\n\ne"),
            ("<pre>\n  two\r\n\r\n\r\n    four\tx</pre>y", "  two\n\n    four\tx\n\ny"),
            ("a<hr>b<center>c</center>d", "a\n\nb\nc\nd"),
            ("x<select><option>One<option>Two</select>", "x\nOne\nTwo"),
            ("<p>a <span> b </span>\n c</p>", "a b c"),
            ("<p>cut <a href='x", "cut"),
            ("a\0b<b\0>c 1 < 2 <3", "abc 1 < 2 <3"),
            ("x<script>'<p>'</script>y<style>p{}</style>z<template>t<i></template>.", "xyz."),
            ("<title>T</title>a<textarea>\n<b> &amp; </textarea><plaintext>c <d>\ne", "a\n<b> &\n\nc <d>\ne"),
            ("<noscript>ns </noscript><iframe><p>if</p></iframe>", "ns\n\nif"),
        ];
        for (html, expected) in cases {
            check(html, expected);
        }
    }

    #[test]
    fn quotes_lists_and_tables_of_html() {
        let cases = [
            ("On Monday:<br><blockquote><div>a</div><div><br></div>b</blockquote>c", "On Monday:\n\n> a\n>\n> b\n\nc"),
            ("<blockquote><p>a</p><blockquote>b</blockquote>c</blockquote>", "> a\n>\n> > b\n>\n> c"),
            ("<ul><li>a<li>b<ul><li>c</ul><li>d</ul>e", "* a\n* b\n  * c\n* d\n\ne"),
            ("<p>x</p><ol start=9><li>a<li><p>b</p><p>c</p><li value=2>d</ol>", "x\n\n9. a\n10. b\n\n    c\n2. d"),
            ("<dl><dt>Term<dd>What it is<dt>Two<dd>more</dl>z", "*Term*\n  What it is\n*Two*\n  more\n\nz"),
            ("<h1></h1><ul><li></li></ul><blockquote><br></blockquote>", ""),
            ("</p>x</div></li></td></table>y", "x\ny"),
            // A newsletter: tables in tables, and cells that only keep others apart.
            (
                "<table><tr><td><table><tr><td>&nbsp;</td></tr><tr><td>in</td><td></td></tr></table></td>\
              <td><p>p1</p><p>p2</p></td></tr><tr><td><br></td></tr><tr><td>next</table>after",
                "in\np1\n\np2\nnext\n\nafter",
            ),
            ("<table><caption>cap</caption><tfoot><tr><td>foot</tfoot></table>", "cap\nfoot"),
            ("a&nbsp;&nbsp;&nbsp;<blockquote>b<p>c</blockquote>", "a\n\n> b\n>\n> c"),
            ("<table><tr><td><b>bold<td>not</b></table>", "**bold**\nnot"),
        ];
        for (html, expected) in cases {
            check(html, expected);
        }
    }

    #[test]
    fn marks_and_links_of_html() {
        let cases = [
            ("<b> x </b>y<b></b> <strong>z<b>z</b></strong>", "**x** y **zz**"),
            ("<code>let</code> <em>e</em> <i>i</i> <s>gone</s>", "`let` *e* i ~~gone~~"),
            ("5<sup>th</sup> March, m<sup>2</sup>", "5th March, m²"),
            (
                "<a name=top>no</a> <a href=x></a><a href='?a=1&copy=2&amp;b'>w <b>v</b></a>.",
                "no [w **v**][1].\n\n[1]: ?a=1&copy=2&b",
            ),
            ("<a href=p><img src=q alt=' the\nalt '></a><img alt=''>", "[[the alt]][1]\n\n[1]: p"),
            ("<a href=p>one<a href=q>two", "[one][1][two][2]\n\n[1]: p\n[2]: q"),
        ];
        for (html, expected) in cases {
            check(html, expected);
        }
        assert_eq!(
            to_words("<h1>A</h1><b>b</b>ig <a href=x>link</a><ol><li>one<img alt=two>"),
            "A\n\nbig link\n\none two\n\nx"
        );
    }

    #[test]
    fn hostile_html_is_read_in_bounds() {
        let deep = format!("{}words{}", "<div>".repeat(100_000), "</div>".repeat(100_000));
        assert_eq!(to_text(&deep), ("words".to_owned(), false));
        let long = "<b>x</b>".repeat(LONGEST / 4);
        assert!(!to_text(&long).1);
        let wide = "<table><tr><td colspan=1000000000>x</td></tr></table>";
        assert!(to_text(wide).0.contains('x'));
        let unclosed = "<p><b><i><table><tr><td".repeat(3000);
        let _ = to_text(&unclosed);
        // Looking each attribute up among all before it would take minutes.
        let attributes: String = (0..200_000).flat_map(|number: u32| [number.to_string(), " ".to_owned()]).collect();
        assert_eq!(to_text(&format!("<p {attributes}>x")), ("x".to_owned(), true));
        let quotes = format!("{}{}", "<blockquote>".repeat(100), "x<br>".repeat(300_000));
        assert!(to_text(&quotes).0.len() < 5 * LONGEST);
    }

    /// Tags that hide nothing, with and without their ends.
    const TAGS: [&str; 60] = [
        "<p>",
        "</p>",
        "<br>",
        "<div>",
        "</div>",
        "<b>",
        "</b>",
        "<i>",
        "</i>",
        "<a>",
        "</a>",
        "<a href=\"\">",
        "<table>",
        "</table>",
        "<tr>",
        "</tr>",
        "<td>",
        "</td>",
        "<th>",
        "<tbody>",
        "</tbody>",
        "<caption>",
        "<ul>",
        "</ul>",
        "<ol>",
        "</ol>",
        "<li>",
        "</li>",
        "<dl>",
        "</dl>",
        "<dt>",
        "<dd>",
        "</dd>",
        "<blockquote>",
        "</blockquote>",
        "<pre>",
        "</pre>",
        "<h1>",
        "</h1>",
        "<h6>",
        "</h6>",
        "<hr/>",
        "<sup>",
        "</sup>",
        "<s>",
        "</s>",
        "<code>",
        "</code>",
        "<select>",
        "<option>",
        "<svg>",
        "</svg>",
        "<noscript>",
        "<iframe>",
        "<o:p>",
        "<!-- c -->",
        "<![if !mso]>",
        "</>",
        "</math>",
        "<style>s</style>",
    ];
    const NOISE: [&str; 40] = [
        "<",
        ">",
        "/",
        "!",
        "-",
        "--",
        "?",
        "=",
        "'",
        "\"",
        " ",
        "\n",
        "a",
        "Bc",
        "é",
        "<script>",
        "</script>",
        "<script ",
        "<!--",
        "-->",
        "<style>",
        "</style>",
        "<textarea>",
        "</textarea>",
        "<title>",
        "</title",
        "<xmp>",
        "<svg>",
        "<![CDATA[",
        "]]>",
        "<template>",
        "</template>",
        "<a name=",
        "<img alt=",
        "<pre>",
        "<li>",
        "<td>",
        "<table>",
        "<p title='",
        "</",
    ];

    fn soup(pieces: &'static [&'static str]) -> impl proptest::strategy::Strategy<Value = Vec<&'static str>> {
        proptest::collection::vec(proptest::sample::select(pieces), 0..60)
    }

    proptest::proptest! {
        #[test]
        fn no_word_is_lost_and_none_changes_its_place(tags in soup(&TAGS)) {
            let words: Vec<String> = (0..tags.len()).map(|number| format!("word{number}")).collect();
            let html: String = tags.iter().zip(&words).flat_map(|(tag, word)| [*tag, " ", word, " "]).collect();
            let read = to_words(&html);
            proptest::prop_assert_eq!(read.split_whitespace().collect::<Vec<_>>(), words.clone());
            let text = to_text(&html).0;
            let read: Vec<_> = text.split(|c: char| !c.is_alphanumeric()).filter(|word| word.starts_with("word")).collect();
            proptest::prop_assert_eq!(read, words);
        }

        #[test]
        fn no_letter_is_invented(noise in soup(&NOISE)) {
            let html = noise.concat();
            let mut left = html.chars();
            for letter in to_words(&html).chars().filter(|letter| !letter.is_whitespace()) {
                proptest::prop_assert!(left.any(|next| next == letter), "{letter:?} in {html:?}");
            }
        }

        #[test]
        fn any_string_is_safe(html: String, noise in soup(&NOISE)) {
            let _ = to_text(&html);
            let _ = to_text(&noise.join(&html));
        }
    }
}
