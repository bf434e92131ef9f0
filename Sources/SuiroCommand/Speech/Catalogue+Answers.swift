extension Catalogue {
    /// What commands say when they are done, ask, or find nothing.
    static let answers: [Entry] = [
        ("empty.list", "There is nothing to list.", "表示するものはありません。"),
        ("empty.customers", "There are no customers to show.", "表示する顧客はありません。"),
        ("empty.subscriptions", "There are no subscriptions you may see.", "表示できるサブスクリプションはありません。"),
        ("empty.options", "There is nothing to decide about this subscription.", "このサブスクリプションについて判断する操作はありません。"),
        (
            "empty.relationshipRequests",
            "There are no requests yet. Send one: suiro relationship request --help",
            "まだ要求はありません。送り方: suiro relationship request --help"
        ),
        ("empty.access", "No partner has access.", "アクセスできるパートナーはいません。"),
        ("empty.policies", "There are no policy rows for this.", "該当するポリシーの行はありません。"),
        ("empty.announcements", "There are no announcements.", "お知らせはありません。"),
        (
            "empty.auditRecords",
            "There are no audit records in this time. For an earlier start, add --since DATE.",
            "この期間の監査レコードはありません。さらに前から表示するには --since DATE を付けてください。"
        ),
        ("empty.statements", "Nothing was charged in this month.", "この月の費用はありません。"),
        ("empty.attempts", "There was no attempt yet.", "まだ試行されていません。"),
        ("empty.deliveries", "There are no deliveries to show.", "表示する配信はありません。"),
        ("empty.mails", "The outbox is empty.", "送信箱は空です。"),
        ("login.prompt", "Token:", "トークン:"),
        ("login.done", "Signed in to %(url). Kept in %(path).", "%(url) にサインインしました。保存先は %(path) です。"),
        (
            "login.cleartext",
            "Note: the token crosses the network to %(url) unencrypted.",
            "注意: トークンは暗号化されずに %(url) へ送られます。"
        ),
        ("logout.done", "Signed out. %(path) was removed.", "サインアウトしました。%(path) を削除しました。"),
        ("logout.nothing", "Nobody was signed in.", "サインインはありませんでした。"),
        (
            "statement.sum",
            "%(payer) owes %(total). Of this, %(late) was reported after a cut-over.",
            "%(payer) の支払額は %(total) です。このうち %(late) は切り替え後に報告されました。"
        ),
        (
            "why.classification",
            "Way: %(route) (rule %(rule), edition %(edition))",
            "進め方: %(route)（規則 %(rule)、版 %(edition)）"
        ),
        ("why.what", "%(action): %(verdict)", "%(action): %(verdict)"),
        (
            "subscription.suspended",
            "%(id) is suspended. To resume: suiro subscription resume %(customer) %(id)",
            "%(id) を中断しました。再開するには: suiro subscription resume %(customer) %(id)"
        ),
        ("subscription.resumed", "%(id) is active again.", "%(id) を再開しました。"),
        ("subscription.cancelled", "%(id) was cancelled.", "%(id) を取り消しました。"),
        ("subscription.resized", "%(id) has %(count) seats now.", "%(id) のライセンス数は %(count) になりました。"),
        (
            "cancel.question",
            "Cancel subscriptions? This cannot be undone. Count: %(count)",
            "サブスクリプションを取り消しますか? 元に戻すことはできません。件数: %(count)"
        ),
        (
            "relationship.requested",
            "Requested. To withdraw: suiro relationship withdraw %(id)",
            "要求しました。取り下げるには: suiro relationship withdraw %(id)"
        ),
        ("relationship.mailWritten", "The mail is in %(path).", "メールを %(path) に書き込みました。"),
        ("relationship.reminded", "The customer was reminded of request %(id).", "要求 %(id) の確認を顧客に促しました。"),
        (
            "relationship.withdrawn",
            "Request %(id) was withdrawn. Its link no longer works.",
            "要求 %(id) を取り下げました。リンクは無効になりました。"
        ),
        (
            "relationship.waiting",
            "Waiting for the customer to answer request %(id). Ctrl-C ends the waiting only.",
            "要求 %(id) への回答を待っています。Ctrl-C で待つのをやめても、要求は残ります。"
        ),
        ("approve.partner", "Partner", "パートナー"),
        ("approve.granted", "Will be granted", "承認すると与えるもの"),
        ("approve.unchanged", "Will not change", "変わらないもの"),
        (
            "approve.granted.reseller",
            "Reseller relationship: the partner may sell to you.",
            "再販業者関係: パートナーが販売できるようになります。"
        ),
        (
            "approve.granted.delegatedAdmin",
            "Delegated access: the partner may manage your services.",
            "委任された管理: パートナーがサービスを管理できるようになります。"
        ),
        ("approve.granted.roles", "Roles: %(roles)", "役割: %(roles)"),
        ("approve.granted.days", "Lasts, in days: %(days)", "有効日数: %(days)"),
        ("approve.granted.nothing", "The server names nothing.", "サーバーは内容を示していません。"),
        ("approve.unchanged.bill", "Who bills you for what you already have.", "すでに利用しているものの請求元"),
        ("approve.unchanged.subscriptions", "Your subscriptions and their terms.", "サブスクリプションとその期間"),
        ("approve.unchanged.others", "What other partners may do.", "ほかのパートナーの権限"),
        ("approve.question", "Approve the request of %(partner)?", "%(partner) の要求を承認しますか?"),
        (
            "approve.done",
            "Approved. You can end the access at any time: suiro access list CUSTOMER",
            "承認しました。アクセスはいつでも終了できます: suiro access list CUSTOMER"
        ),
        ("decline.done", "Declined. The partner is told.", "辞退しました。パートナーに通知されます。"),
        (
            "access.removed",
            "Access %(id) ended. It takes effect with the next request.",
            "アクセス %(id) を終了しました。次の要求から有効です。"
        ),
        ("dryRun.nothingSent", "Nothing was sent.", "何も送っていません。"),
        ("dryRun.nothingDecided", "Nothing was decided.", "何も決定していません。"),
        ("dryRun.nothingChanged", "Nothing was changed.", "何も変更していません。"),
        (
            "webhook.keepSecret",
            "Keep the secret: it is not shown again.",
            "シークレットを控えてください。再び表示されることはありません。"
        ),
        ("webhook.registered", "Registered. To try it: suiro webhook test", "登録しました。試すには: suiro webhook test"),
        ("webhook.resent", "Delivery %(id) is sent again.", "配信 %(id) をもう一度送ります。"),
        ("webhook.resentAll", "Deliveries sent again: %(count)", "もう一度送る配信: %(count) 件"),
        ("webhook.testArrived", "The test event arrived.", "テスト イベントが届きました。"),
        ("sandbox.reset", "The world is as it was at the start.", "データを最初の状態に戻しました。"),
        ("sandbox.outboxCleared", "The outbox was emptied.", "送信箱を空にしました。"),
        (
            "sandbox.as",
            "You are %(name) at %(url) from now on. To stop: suiro logout",
            "以後は %(url) で %(name) として実行します。やめるには: suiro logout"
        ),
        (
            "snapshot.saved",
            "Saved. To go back: suiro sandbox snapshot restore %(id)",
            "保存しました。戻すには: suiro sandbox snapshot restore %(id)"
        ),
        ("snapshot.restored", "The world is as it was in snapshot %(id).", "スナップショット %(id) の状態に戻しました。"),
        (
            "fault.set",
            "Requests that match %(match) are disturbed. To end: suiro sandbox fault --clear",
            "%(match) に一致する要求に障害を注入します。終えるには: suiro sandbox fault --clear"
        ),
        ("fault.cleared", "No request is disturbed any more.", "障害の注入を終えました。"),
        ("exit.ok", "Done", "完了"),
        ("exit.failed", "Failed", "失敗"),
        ("exit.cancelled", "Cancelled by the user", "ユーザーによる中止"),
        ("exit.refused", "Refused by a rule", "規則によりできない"),
        ("exit.signInNeeded", "Sign-in needed", "サインインが必要"),
        ("exit.notFound", "Not found", "見つからない"),
        ("exit.conflict", "Conflict, or changed meanwhile", "競合、またはその間の変更"),
        ("exit.waiting", "Still waiting when the time was over", "時間内に終わらず待機中"),
        ("exit.usage", "Mistake in the command line", "コマンド ラインの誤り"),
        ("exit.interrupted", "Interrupted", "割り込み（SIGINT）"),
    ]
}
