extension Catalogue {
    /// What the commands about policy packages say.
    static let policy: [Entry] = [
        ("column.after", "After", "変更後"),
        ("column.before", "Before", "変更前"),
        ("column.drafted", "Drafted", "下書きの日"),
        ("column.emergency", "Emergency", "緊急"),
        ("column.fault", "Mistake", "誤り"),
        ("column.field", "Field", "フィールド"),
        ("column.new", "New", "変更後の値"),
        ("column.old", "Old", "変更前の値"),
        ("column.package", "Package", "パッケージ"),
        ("column.rowCount", "Rows", "行数"),
        ("column.since", "Since", "いつから"),
        ("column.whyAfter", "Why after", "変更後の理由"),
        ("column.whyBefore", "Why before", "変更前の理由"),
        ("empty.packages", "There are no policy packages.", "ポリシー パッケージはありません。"),
        ("empty.policyChanges", "No value changes.", "変わる値はありません。"),
        ("empty.policyImpact", "No outcome changes.", "判断が変わるものはありません。"),
        ("policy.check.done", "Package %(name) has no mistakes.", "パッケージ %(name) に誤りはありません。"),
        (
            "policy.check.faults",
            "The package cannot be published. Mistakes: %(count)",
            "パッケージは公開できません。誤りの数: %(count)"
        ),
        (
            "policy.drafted",
            "Kept as a draft. To see whom it affects: suiro policy impact %(id)",
            "下書きを保存しました。影響を確認するには: suiro policy impact %(id)"
        ),
        (
            "policy.impact.sum",
            "Affected customers: %(customers), subscriptions: %(subscriptions), of %(examined) looked at",
            "影響を受ける顧客: %(customers)、サブスクリプション: %(subscriptions)（調べた数: %(examined)）"
        ),
        (
            "policy.publish.preview",
            "Would hold from %(date). Administrators who would be told by mail: %(count)",
            "発効日は %(date) になります。メールを受け取る管理者の数: %(count)"
        ),
        (
            "policy.publish.question",
            "Publish %(package) and tell %(count) administrators?",
            "%(package) を公開し、%(count) 人の管理者にお知らせしますか?"
        ),
        (
            "policy.published",
            "Published and announced: suiro announcement show %(id)",
            "公開してお知らせしました: suiro announcement show %(id)"
        ),
        ("policy.withdraw.question", "Withdraw %(package)?", "%(package) を取り下げますか?"),
        (
            "policy.withdrawn",
            "Withdrawn and announced: suiro announcement show %(id)",
            "取り下げてお知らせしました: suiro announcement show %(id)"
        ),
        (
            "policy.killOff",
            "Switch %(key) off at once for everybody in this cloud?",
            "このクラウドの全員に対して、%(key) をすぐに無効にしますか?"
        ),
        (
            "policy.killOn",
            "Switch %(key) on at once for everybody in this cloud?",
            "このクラウドの全員に対して、%(key) をすぐに有効にしますか?"
        ),
        (
            "policy.kill.done",
            "It holds at once and is announced: suiro announcement show %(id)",
            "すぐに適用され、お知らせしました: suiro announcement show %(id)"
        ),
        (
            "policy.kill.reason",
            "Say why in both languages: --reason-en and --reason-ja.",
            "両方の言語で理由を指定してください: --reason-en と --reason-ja。"
        ),
        (
            "policy.kill.unknown",
            "%(key) is no flag of the policy. The flags: suiro api GET /multichannel/v1/killswitches",
            "%(key) は有効か無効かを表すポリシーではありません。一覧: suiro api GET /multichannel/v1/killswitches"
        ),
    ]
}
