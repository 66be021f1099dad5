//! THE TABLE: every call of the user interface, once. Name, function, request, answer.
//!
//! A macro that hands its rows to another macro: [`crate::router`] makes the dispatch of it, `export_ts` the
//! TypeScript schema, so neither a name nor a shape can differ between the two sides.

macro_rules! routes {
    ($with:ident) => {
        $with! {
            "boot"                         boot::boot                       Empty                => Boot;
            "profile.save"                 boot::save_profile               Profile              => Empty;
            "settings.save"                boot::save_settings              UiSettings           => Empty;
            "onboarding.save"              boot::save_onboarding            Onboarding           => Empty;

            "accounts.list"                accounts::list                   Empty                => Vec<AccountRow>;
            "accounts.get"                 accounts::get                    AccountRef           => AccountDetails;
            "accounts.update"              accounts::update                 UpdateAccount        => Empty;
            "accounts.activate"            accounts::activate               ActivateAccounts     => Empty;
            "accounts.retry"               accounts::retry                  AccountRef           => Empty;
            "accounts.deletion_preview"    accounts::deletion_preview       AccountRefs          => DeletionPreview;
            "accounts.delete"              accounts::delete                 DeleteAccounts       => Empty;
            "accounts.quarantine"          accounts::quarantine             AccountRef           => Vec<QuarantineRow>;
            "alerts.list"                  accounts::alerts                 Empty                => Vec<Alert>;

            "login.start"                  login::start                     StartLogin           => LoginView;
            "login.next"                   login::next                      ContinueLogin        => LoginView;
            "login.cancel"                 login::cancel                    LoginRef             => Empty;

            "conversations.list"           conversations::list              ListConversations    => ConversationPage;
            "conversations.counts"         conversations::counts            Empty                => ConversationCounts;
            "conversations.get"            conversations::get               ConversationRef      => ConversationView;
            "conversations.mark_read"      conversations::mark_read         MarkRead             => Empty;
            "conversations.change"         conversations::change            ChangeConversations  => Empty;
            "conversations.set_tags"       conversations::set_tags          SetTags              => Empty;
            "conversations.save_draft"     conversations::save_draft        SaveDraft            => Empty;
            "conversations.typing"         conversations::typing            ConversationRef      => Empty;
            "conversations.load_older"     conversations::load_older        ConversationRef      => LoadedOlder;

            "messages.list"                messages::list                   ListMessages         => MessagePage;
            "messages.send"                messages::send                   SendMessage          => SentMessages;
            "messages.edit"                messages::edit                   EditMessage          => Empty;
            "messages.delete"              messages::delete                 MessageRef           => Empty;
            "messages.retry"               messages::retry                  MessageRef           => Empty;
            "messages.confirm_sent"        messages::confirm_sent           MessageRef           => Empty;
            "messages.give_up"             messages::give_up                MessageRef           => Empty;
            "files.retry"                  messages::retry_file             FileRef              => Empty;

            "messages.judged"              rules::judged                    MessageRef           => JudgedView;

            "rules.get"                    rules::get                       AccountRef           => RulesForm;
            "rules.save"                   rules::save                      SaveRules            => Empty;
            "filters.try"                  rules::try_out                   TryFilters           => Tried;
            "filters.counts"               rules::counts                    LastDays             => FilterCounts;
            "filters.preview"              rules::preview                   PreviewRejudging     => RejudgingPreview;
            "filters.rejudge"              rules::rejudge                   LastDays             => Empty;
            "filters.progress"             rules::progress                  AccountRef           => Option<RejudgingView>;
            "filters.cancel"               rules::cancel                    AccountRef           => Empty;
            "spintax.preview"              rules::spintax                   SpintaxText          => SpintaxPreview;

            "quick_replies.list"           quick_replies::list              Empty                => QuickReplies;
            "quick_replies.save"           quick_replies::save              SaveQuickReply       => QuickReplyRef;
            "quick_replies.delete"         quick_replies::delete            QuickReplyRef        => Empty;
            "quick_replies.reorder"        quick_replies::reorder           QuickReplyRefs       => Empty;
            "quick_replies.expand"         quick_replies::expand            ExpandQuickReply     => Expanded;
            "quick_replies.fill"           quick_replies::fill              FillText             => Expanded;
            "quick_reply_folders.save"     quick_replies::save_folder       SaveFolder           => FolderRef;
            "quick_reply_folders.delete"   quick_replies::delete_folder     FolderRef            => Empty;

            "contacts.get"                 contacts::get                    ContactRef           => ContactView;
            "contacts.rename"              contacts::rename                 RenameContact        => Empty;
            "contacts.add_note"            contacts::add_note               AddNote              => Empty;
            "contacts.delete_note"         contacts::delete_note            NoteRef              => Empty;

            "write_first.resolve"          write_first::resolve             ResolveWriteFirst    => WriteFirstOptions;
            "write_first.open"             write_first::open                OpenWriteFirst       => Opened;

            "links.list"                   links::list                      Empty                => Vec<LinkRow>;
            "links.get"                    links::get                       LinkRef              => LinkDetails;
            "links.update"                 links::update                    UpdateLink           => Empty;
            "links.activate"               links::activate                  ActivateLinks        => Empty;
            "links.retry"                  links::retry                     LinkRef              => Empty;
            "links.delete"                 links::delete                    LinkRef              => Empty;
            "links.choices"                links::choices                   AskChoices           => Vec<ChoiceView>;
            "links.preview"                links::preview                   PreviewTemplate      => FilledTemplate;
            "links.login"                  login::start_link                StartLinkLogin       => LoginView;

            "journal.list"                 journal::list                    ListJournal          => JournalPage;
            "journal.totals"               journal::totals                  JournalFilter        => JournalTotals;
            "journal.retry"                journal::retry                   RetrySyncs           => Retried;
            "journal.message"              journal::message                 MessageRef           => MessageJournalView;
            "replies.list"                 replies::list                    ListReplies          => RepliesPage;
            "replies.retry"                replies::retry                   ReplyRef             => Empty;

            "crm.cards"                    crm_cards::of_conversation       ConversationRef      => Vec<CrmCard>;
            "crm.pick"                     crm_cards::pick                  PickCards            => PickedCards;
            "crm.open"                     crm_cards::open                  OpenFromCrm          => Opened;

            "search"                       search::search                   Search               => SearchPage;

            "exports.options"              exports::options                 Empty                => ExportOptions;
            "exports.estimate"             exports::estimate                OrderExport          => ExportEstimate;
            "exports.start"                exports::start                   OrderExport          => ExportRef;
            "exports.list"                 exports::list                    Empty                => Vec<ExportRow>;
            "exports.cancel"               exports::cancel                  ExportRef            => Empty;
            "exports.repeat"               exports::repeat                  ExportRef            => Empty;
            "exports.delete"               exports::delete                  ExportRef            => Empty;

            "analytics.overview"           analytics::overview              LookAnalytics        => AnalyticsOverview;
            "analytics.settings"           analytics::settings              Empty                => AnalyticsSettings;
            "analytics.save_settings"      analytics::save_settings         AnalyticsSettings    => Empty;
            "analytics.export"             analytics::export                ExportAnalytics      => ExportRef;
        }
    };
}
pub(crate) use routes;
