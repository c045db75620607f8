//! The table of diagnostic codes: stable names, default severities.

use serde::{Deserialize, Serialize};

/// How bad a diagnostic is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Severity {
    /// Something the writer may like to know; never changes the exit code.
    Hint,
    /// Probably wrong; an error under `--strict`.
    Warning,
    /// Wrong: the build changes nothing.
    Error,
}

macro_rules! codes {
    ($($name:ident $id:literal $severity:ident;)*) => {
        /// A rule that can speak; its messages stand in the catalogues under its kebab-case name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[allow(missing_docs, reason = "each variant is documented by its message in the catalogues")]
        pub enum Code { $($name,)* }

        impl Code {
            /// Every code, in the order of the table.
            pub const ALL: &[Self] = &[$(Self::$name,)*];

            /// The stable name, as printed and as used in settings.
            #[must_use]
            pub fn id(self) -> &'static str {
                match self { $(Self::$name => $id,)* }
            }

            /// The severity it has unless something raises or lowers it.
            #[must_use]
            pub fn severity(self) -> Severity {
                match self { $(Self::$name => Severity::$severity,)* }
            }
        }
    };
}

codes! {
    // Files and folders of the workspace.
    SpecialFile "special-file" Warning;
    SymlinkOutside "symlink-outside" Error;
    SymlinkLoop "symlink-loop" Error;
    UnreadableFile "unreadable-file" Error;
    NotUtf8 "not-utf8" Error;
    Utf16File "utf16-file" Error;
    NulByte "nul-byte" Error;
    MarkdownAsText "markdown-as-text" Warning;
    UnsafeFileName "unsafe-file-name" Error;
    NameTwice "name-twice" Error;
    // YAML.
    YamlSyntax "yaml-syntax" Error;
    YamlTab "yaml-tab" Error;
    YamlDuplicateKey "yaml-duplicate-key" Error;
    YamlUnclosedQuote "yaml-unclosed-quote" Error;
    YamlAlias "yaml-alias" Error;
    YamlTooDeep "yaml-too-deep" Error;
    YamlNotMapping "yaml-not-mapping" Error;
    YamlRescuedText "yaml-rescued-text" Hint;
    // Front matter.
    FrontMatterMissing "front-matter-missing" Error;
    FrontMatterUnclosed "front-matter-unclosed" Error;
    UnknownField "unknown-field" Error;
    FieldNotForKind "field-not-for-kind" Error;
    FieldMissing "field-missing" Error;
    FieldEmpty "field-empty" Error;
    WrongType "wrong-type" Error;
    BadDate "bad-date" Error;
    BadChoice "bad-choice" Error;
    BadSlug "bad-slug" Error;
    ReservedSlug "reserved-slug" Error;
    BadAlias "bad-alias" Error;
    BadUrl "bad-url" Error;
    BadTarget "bad-target" Error;
    ExpiresField "expires-field" Error;
    EndBeforeStart "end-before-start" Error;
    InheritedField "inherited-field" Error;
    UnmatchedListEntry "unmatched-list-entry" Error;
    UnknownTopic "unknown-topic" Error;
    UnknownAgency "unknown-agency" Error;
    LateDate "late-date" Warning;
    EffectBeforeIssue "effect-before-issue" Warning;
    ScanWithoutSummary "scan-without-summary" Warning;
    RelationLoop "relation-loop" Error;
    RelationNumber "relation-number" Warning;
    RelationMistyped "relation-mistyped" Warning;
    RelationMissing "relation-missing" Hint;
    UnknownSeries "unknown-series" Error;
    UnknownProvince "unknown-province" Error;
    SeriesEmpty "series-empty" Warning;
    FormerStart "former-start" Warning;
    FormerStartMissing "former-start-missing" Warning;
    FormerProvince "former-province" Warning;
    DuplicateId "duplicate-id" Error;
    DuplicateDocument "duplicate-document" Error;
    CitationUnclear "citation-unclear" Warning;
    CitationReplaced "citation-replaced" Warning;
    NotTranslation "not-translation" Error;
    // Markdown.
    DirectiveUnknown "directive-unknown" Error;
    DirectiveUnclosed "directive-unclosed" Error;
    DirectiveStray "directive-stray" Error;
    DirectiveSyntax "directive-syntax" Error;
    DirectiveAttribute "directive-attribute" Error;
    DirectiveMissing "directive-missing" Error;
    DirectiveBody "directive-body" Error;
    DirectiveDepth "directive-depth" Error;
    DangerousLink "dangerous-link" Warning;
    HtmlRemoved "html-removed" Warning;
    HtmlTooDeep "html-too-deep" Error;
    IndentedProse "indented-prose" Warning;
    ImageWithoutAlt "image-without-alt" Warning;
    ImageHeic "image-heic" Error;
    ImageBroken "image-broken" Error;
    ImageHuge "image-huge" Error;
    ImageMisnamed "image-misnamed" Warning;
    AvifMissing "avif-missing" Warning;
    HeadingLevelOne "heading-level-one" Warning;
    UnknownSpanLang "unknown-span-lang" Error;
    FootnoteUndefined "footnote-undefined" Warning;
    FootnoteUnused "footnote-unused" Warning;
    // Links between pages.
    BrokenLink "broken-link" Error;
    BrokenAnchor "broken-anchor" Error;
    BrokenFile "broken-file" Error;
    WrongCase "wrong-case" Error;
    LinkLeavesContent "link-leaves-content" Error;
    LinkWithheld "link-withheld" Hint;
    // The site as a whole.
    UnknownLanguage "unknown-language" Error;
    DoubleSource "double-source" Error;
    UrlCollision "url-collision" Error;
    AliasShadows "alias-shadows" Error;
    MenuTarget "menu-target" Error;
    // Settings.
    SettingsMissing "settings-missing" Error;
    UnknownSetting "unknown-setting" Error;
    SettingMissing "setting-missing" Error;
    BadSetting "bad-setting" Error;
    OwnerIncomplete "owner-incomplete" Warning;
    // Theme and templates.
    ThemeMissing "theme-missing" Error;
    ThemeLoop "theme-loop" Error;
    ThemeExtends "theme-extends" Error;
    ThemeFieldUnknown "theme-field-unknown" Warning;
    TemplateSyntax "template-syntax" Error;
    TemplateMissing "template-missing" Error;
    TemplateFailed "template-failed" Error;
    StringMissing "string-missing" Error;
    StringForms "string-forms" Error;
    StringsDiffer "strings-differ" Error;
    AssetMissing "asset-missing" Error;
    OptionMissing "option-missing" Error;
    ThemeOptionForm "theme-option-form" Error;
    ThemeOptionUnknown "theme-option-unknown" Error;
    ThemeOptionValue "theme-option-value" Error;
    StyleSyntax "style-syntax" Error;
    StyleUnknown "style-unknown" Warning;
    StyleFileMissing "style-file-missing" Error;
    StyleForeign "style-foreign" Error;
    StyleImportAgain "style-import-again" Error;
    // Output.
    OutInsideSources "out-inside-sources" Error;
    OutPreview "out-preview" Error;
    OutSymlink "out-symlink" Error;
    OutLocked "out-locked" Error;
    OutBlocked "out-blocked" Error;
    ForeignFile "foreign-file" Warning;
    OutputFailed "output-failed" Error;
    WithoutUnknown "without-unknown" Error;
    BaseUrl "base-url" Error;
    ExplainUnbuilt "explain-unbuilt" Error;
    ExplainApart "explain-apart" Error;
    ExplainUnknown "explain-unknown" Error;
    InitNotEmpty "init-not-empty" Error;
    NewExists "new-exists" Error;
    NewTitle "new-title" Error;
}
