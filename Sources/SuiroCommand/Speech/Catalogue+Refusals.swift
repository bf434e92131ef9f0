extension Catalogue {
    /// Refusals and errors: what, why, from when, and what to do next.
    static let refusals: [Entry] = [
        ("refusal.what", "What", "何が"),
        ("refusal.why", "Why", "なぜ"),
        ("refusal.fromWhen", "From when", "いつから"),
        ("refusal.next", "Next", "次に"),
        ("refusal.reference", "Reference", "番号"),
        (
            "refusal.why.edition",
            "%(sentence) (rule %(rule), edition %(edition))",
            "%(sentence)（規則 %(rule)、版 %(edition)）"
        ),
        ("refusal.why.rule", "%(sentence) (rule %(rule))", "%(sentence)（規則 %(rule)）"),
        ("refusal.why.ruleOnly", "Rule %(rule) does not allow it.", "規則 %(rule) によりできません。"),
        ("refusal.why.unknown", "The server gave no rule.", "サーバーは規則を示していません。"),
        ("refusal.fromWhen.date", "From %(date)", "%(date) から"),
        ("refusal.fromWhen.unknown", "No date is set for a change.", "変わる日は決まっていません。"),
        ("refusal.next.explain", "Read the decision: suiro explain %(id)", "この判断の詳細: suiro explain %(id)"),
        ("refusal.next.none", "Nothing can be done from here.", "ここからできることはありません。"),
        ("refusal.reference.id", "MS-CorrelationId %(id)", "MS-CorrelationId %(id)"),
        ("refusal.reference.none", "The server sent none.", "サーバーから届いていません。"),
        ("next.date", "%(text) (from %(date))", "%(text)（%(date) から）"),
        ("next.cost", "%(text) (%(cost))", "%(text)（%(cost)）"),
        ("next.dateAndCost", "%(text) (from %(date), %(cost))", "%(text)（%(date) から、%(cost)）"),
        ("problem.status", "The server answered with status %(status).", "サーバーは状態コード %(status) で応答しました。"),
        (
            "problem.next.signInNeeded",
            "Sign in: suiro login --url URL --token TOKEN",
            "サインインしてください: suiro login --url URL --token TOKEN"
        ),
        ("problem.next.notFound", "Check the id; lists print it with -o id.", "ID を確認してください。一覧の ID は -o id で表示できます。"),
        ("problem.next.conflict", "Read it again and repeat the change.", "読み直してから、変更をやり直してください。"),
        ("problem.next.retry", "Ask again after %(seconds) seconds.", "%(seconds) 秒後にもう一度お試しください。"),
        (
            "reason.LICENSE_SWITCH_FORBIDDEN",
            "A license-based subscription cannot move to another CSP partner during its term.",
            "ライセンスベースのサブスクリプションは、期間の途中で CSP パートナー間を移せません。"
        ),
        (
            "reason.RESALE_CSP_TO_CSP_FORBIDDEN",
            "A CSP partner cannot sell CSP subscriptions to another CSP partner.",
            "CSP パートナーは、ほかの CSP パートナーに CSP のサブスクリプションを販売できません。"
        ),
        (
            "reason.UNKNOWN_FAMILY",
            "It is not known whether the subscription is license-based or usage-based.",
            "ライセンスベースか使用量ベースかが分かっていません。"
        ),
        ("reason.NO_RELATIONSHIP", "There is no relationship with this customer.", "この顧客との関係がありません。"),
        ("reason.POLICY_MISSING", "No policy in force allows it.", "これを認めるポリシーがありません。"),
        ("reason.NO_SUCH_ROUTE", "The API has no such path.", "API にこのパスはありません。"),
        ("reason.unknown", "The server names the reason %(reason).", "サーバーが示した理由は %(reason) です。"),
        ("error.unexpected", "The client stopped: %(error)", "クライアントが途中で終わりました: %(error)"),
        ("network.noAnswer", "No answer came from %(url).", "%(url) から応答がありません。"),
        (
            "network.noAnswer.write",
            "No answer came from %(url). To repeat without acting twice, add --request-id %(id).",
            "%(url) から応答がありません。--request-id %(id) を付けて繰り返すと、二重に実行されません。"
        ),
        (
            "pages.loop",
            "The server named the same next page of %(path) twice, so reading ended there.",
            "サーバーが %(path) の同じ次ページを 2 回示したため、読み取りを終えました。"
        ),
        (
            "pages.otherOrigin",
            "%(url) is not on this server, so the token was not sent there.",
            "%(url) はこのサーバーにないため、トークンを送りませんでした。"
        ),
        (
            "signIn.noAddress",
            "No server is known. Sign in: suiro login --url URL --token TOKEN",
            "サーバーが指定されていません。サインインしてください: suiro login --url URL --token TOKEN"
        ),
        (
            "signIn.noToken",
            "No token is known for %(url). Sign in: suiro login --url %(url)",
            "%(url) のトークンがありません。サインインしてください: suiro login --url %(url)"
        ),
        (
            "signIn.noSandboxToken",
            "No sandbox token is known. Give --sandbox-token or --ready-file.",
            "サンドボックスのトークンがありません。--sandbox-token か --ready-file を指定してください。"
        ),
        (
            "signIn.noPersona",
            "Nobody is signed in. Choose a persona with --as: %(known)",
            "だれもサインインしていません。--as でペルソナを選んでください: %(known)"
        ),
        (
            "persona.unknown",
            "The ready file has no persona %(name). It has: %(known)",
            "準備完了ファイルにペルソナ %(name) はありません。選べるのは次のとおりです: %(known)"
        ),
        ("persona.noReadyFile", "To act as %(name), give --ready-file.", "%(name) として実行するには、--ready-file を指定してください。"),
        (
            "ready.unreadable",
            "%(path) is not a sandbox's ready file, or cannot be read.",
            "%(path) を準備完了ファイルとして読み取れません。"
        ),
        (
            "ready.otherOrigin",
            "The ready file belongs to %(url), not to %(origin).",
            "準備完了ファイルは %(url) のもので、%(origin) のものではありません。"
        ),
        (
            "profile.unreadable",
            "%(path) cannot be read as a sign-in. Run: suiro logout",
            "%(path) をサインインとして読み取れません。次を実行してください: suiro logout"
        ),
        ("file.unreadable", "%(path) cannot be read.", "%(path) を読み取れません。"),
        ("file.unwritable", "%(path) cannot be written.", "%(path) に書き込めません。"),
        (
            "url.malformed",
            "%(url) is not an address such as https://suiro.example.",
            "%(url) はアドレスではありません。例: https://suiro.example"
        ),
        (
            "requestID.malformed",
            "%(id) is not a UUID such as 5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b.",
            "%(id) は UUID ではありません。例: 5c0b1f6e-0d7a-4c58-9b55-4f3a2e1d0c9b"
        ),
        (
            "instant.malformed",
            "%(text) is not a date such as 2027-03-31 or 2027-03-31T09:00:00Z.",
            "%(text) は日付ではありません。例: 2027-03-31、2027-03-31T09:00:00Z"
        ),
        (
            "duration.malformed",
            "%(text) is not a duration such as P31D, PT12H or 31d.",
            "%(text) は期間ではありません。例: P31D、PT12H、31d"
        ),
        ("api.field", "%(text) is not of the form name=value.", "%(text) は name=value の形ではありません。"),
        ("api.header", "%(text) is not of the form 'name: value'.", "%(text) は 'name: value' の形ではありません。"),
        ("api.path", "%(path) is not a path such as /v1/customers.", "%(path) はパスではありません。例: /v1/customers"),
        ("access.unknown", "The customer has no access with the id %(id).", "この顧客に ID が %(id) のアクセスはありません。"),
        (
            "why.noSuchAction",
            "There is no action %(action). There are: %(known)",
            "%(action) という操作はありません。選べるのは次のとおりです: %(known)"
        ),
        (
            "explain.noCode",
            "The code %(code) is not known. The nearest are: %(near)",
            "コード %(code) は不明です。近いコード: %(near)"
        ),
        ("explain.nothing", "No policy row names the rule %(subject).", "規則 %(subject) を挙げるポリシーの行はありません。"),
        (
            "webhook.testFailed",
            "The receiver did not take the test event. It is tried again: suiro webhook deliveries",
            "受信側がテスト イベントを受け取りませんでした。再試行の様子: suiro webhook deliveries"
        ),
        (
            "webhook.testWaiting",
            "Test event %(id) has not been sent yet. See later: suiro webhook deliveries",
            "テスト イベント %(id) はまだ送られていません。後で確認するには: suiro webhook deliveries"
        ),
        ("relationship.stillWaiting", "The customer has not answered request %(id) yet.", "要求 %(id) への回答はまだありません。"),
        (
            "cancelled",
            "Cancelled. Nothing was changed. To go on without the question, add --yes.",
            "中止しました。何も変更していません。確認せずに実行するには --yes を付けてください。"
        ),
        (
            "login.nothingRead",
            "No token was given. Use --token, or put it on standard input.",
            "トークンがありません。--token を使うか、標準入力に渡してください。"
        ),
    ]
}
