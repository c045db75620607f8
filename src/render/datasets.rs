//! The open data there are for a reader: what the list in a text and structured data tell of them.

use crate::base::lang::Lang;
use crate::base::path::UrlPath;
use crate::site::Site;
use crate::site::routes::{Dataset, calendar_file_url, datasets, open_data_url};

/// A set of data with the files that hold it.
#[derive(Clone, Debug, Hash)]
pub(super) struct Offered {
    /// What it is about.
    pub dataset: Dataset,
    /// Each holds all of it.
    pub files: Vec<DataFile>,
}

/// A file of data.
#[derive(Clone, Debug, Hash)]
pub(super) struct DataFile {
    /// Where it is.
    pub url: UrlPath,
    /// What people call its form.
    pub format: &'static str,
    /// Its media type (RFC 6838).
    pub media_type: &'static str,
}

impl DataFile {
    /// Its name, without the folder.
    pub(super) fn name(&self) -> &str {
        self.url.as_str().rsplit('/').next().unwrap_or_default()
    }
}

impl Offered {
    /// The key of its name among the theme's strings.
    pub(super) fn name_key(&self) -> &'static str {
        match self.dataset {
            Dataset::Documents => "open-data.documents",
            Dataset::Targets => "open-data.targets",
            Dataset::Events => "open-data.events",
        }
    }

    /// The key of what is said of it.
    pub(super) fn about_key(&self) -> &'static str {
        match self.dataset {
            Dataset::Documents => "open-data.documents.about",
            Dataset::Targets => "open-data.targets.about",
            Dataset::Events => "open-data.events.about",
        }
    }
}

/// What a language has; nothing is named that is empty.
pub(super) fn offered(site: &Site, lang: Lang) -> Vec<Offered> {
    let of = |dataset: Dataset| {
        let (format, media_type) = match dataset {
            Dataset::Targets => ("CSV", "text/csv"),
            Dataset::Documents | Dataset::Events => ("JSON", "application/json"),
        };
        let mut files = vec![DataFile { url: open_data_url(&site.config, dataset, lang), format, media_type }];
        if dataset == Dataset::Events {
            let url = calendar_file_url(&site.config, lang);
            files.push(DataFile { url, format: "iCalendar", media_type: "text/calendar" });
        }
        Offered { dataset, files }
    };
    datasets(site, lang).map(of).collect()
}
