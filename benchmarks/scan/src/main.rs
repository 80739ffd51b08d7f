//! How fast the regex crate alone looks for a pattern: the limit for whatever scans text with it.
//!
//!     scan PATTERN FILE PASSES
//!
//! FILE holds texts, each before a byte 0. Prints in how many of them the pattern is found, and the seconds
//! of each pass, as JSON.

use std::time::Instant;

fn main() {
    let given: Vec<String> = std::env::args().collect();
    let pattern = regex::Regex::new(&given[1]).expect("a pattern");
    let file = std::fs::read_to_string(&given[2]).expect("a file of UTF-8");
    let passes: usize = given[3].parse().expect("a number of passes");
    let texts: Vec<&str> = file.split_terminator('\0').collect();
    let mut seconds = Vec::new();
    let mut found = 0;
    for _ in 0..passes {
        let started = Instant::now();
        found = texts.iter().filter(|text| pattern.is_match(text)).count();
        seconds.push(started.elapsed().as_secs_f64());
    }
    println!("{{\"found\": {found}, \"seconds\": {seconds:?}}}");
}
