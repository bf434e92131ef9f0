extension ErrorCode {
    /// Sales, subscriptions, transfers, upgrades.
    static let commerce: [ErrorCode] = [
        ErrorCode(
            800019,
            403,
            meaning: (
                "This is possible in a sandbox only.",
                "サンドボックスでだけできる操作です。"
            ),
            advice: (
                "Try it with `suiro-sandbox`.",
                "`suiro-sandbox` で試してください。"
            )
        ),
        ErrorCode(
            800020,
            403,
            meaning: (
                "What was chosen may not be sold to this customer.",
                "選んだものは、この顧客に販売できません。"
            ),
            advice: (
                "Ask for the options of the subscription; they name the rule.",
                "サブスクリプションの選択肢を確かめてください。規則が示されます。"
            )
        ),
        ErrorCode(
            800024,
            400,
            meaning: (
                "The subscription or the customer is not eligible: a policy rule says no, or there is none.",
                "サブスクリプションまたは顧客が条件を満たしていません。ポリシーの規則が認めていないか、規則がありません。"
            ),
            advice: (
                "Look at `rule` and `next` in the answer, or explain its MS-CorrelationId.",
                "応答の `rule` と `next` を見るか、MS-CorrelationId を説明させてください。"
            )
        ),
        ErrorCode(
            800039,
            403,
            meaning: (
                "The partner is not active as a reseller.",
                "パートナーは再販業者として有効ではありません。"
            ),
            advice: (
                "Set up the partner's program or its partnership with a provider.",
                "パートナーのプログラム、またはプロバイダーとの提携を整えてください。"
            )
        ),
        ErrorCode(
            800062,
            400,
            meaning: (
                "This cannot be changed by itself.",
                "これだけを変更することはできません。"
            ),
            advice: (
                "Follow the next steps of the answer.",
                "応答の次の手順に従ってください。"
            )
        ),
        ErrorCode(
            800066,
            403,
            meaning: (
                "The customer has as many subscriptions as are allowed.",
                "顧客のサブスクリプション数が上限に達しています。"
            ),
            advice: (
                "Cancel one that nobody uses.",
                "使われていないものを取り消してください。"
            )
        ),
        ErrorCode(
            800067,
            403,
            meaning: (
                "The subscription would have more seats than are allowed.",
                "ライセンス数がサブスクリプションの上限を超えます。"
            ),
            advice: (
                "Ask for fewer seats.",
                "ライセンス数を減らしてください。"
            )
        ),
        ErrorCode(
            800090,
            400,
            meaning: (
                "The number of seats may not go down now.",
                "現在はライセンス数を減らせません。"
            ),
            advice: (
                "Lower it at renewal, or within the window after the purchase.",
                "更新時か、購入後の期間内に減らしてください。"
            )
        ),
        ErrorCode(
            800093,
            400,
            meaning: (
                "Automatic renewal is not possible for this subscription.",
                "このサブスクリプションは自動更新できません。"
            ),
            advice: (
                "Leave it off, and buy anew when the term ends.",
                "自動更新を無効のままにし、期間の終了時に買い直してください。"
            )
        ),
        ErrorCode(
            800096,
            400,
            meaning: (
                "The status cannot become what was asked for.",
                "要求された状態には変更できません。"
            ),
            advice: (
                "Read the subscription, and ask for a change that its status allows.",
                "サブスクリプションを読み、現在の状態で可能な変更を要求してください。"
            )
        ),
        ErrorCode(
            800111,
            404,
            meaning: (
                "The entitlement is not known.",
                "権利が見つかりません。"
            ),
            advice: (
                "List the customer's entitlements, and use an id from there.",
                "顧客の権利を一覧し、その ID を使ってください。"
            )
        ),
        ErrorCode(
            900101,
            409,
            meaning: (
                "Another one is already there or under way, and only one may be.",
                "別のものがすでにあるか進行中で、同時に 1 つしか持てません。"
            ),
            advice: (
                "Finish or end the other one first.",
                "先にもう一方を完了するか終了してください。"
            )
        ),
        ErrorCode(
            900102,
            400,
            meaning: (
                "It is in a state that does not allow this step.",
                "現在の状態ではこの手順を行えません。"
            ),
            advice: (
                "Read it again, and do what its state allows.",
                "読み直して、その状態で可能な操作を行ってください。"
            )
        ),
        ErrorCode(
            900104,
            409,
            meaning: (
                "Another request is changing the same thing.",
                "別の要求が同じものを変更しています。"
            ),
            advice: (
                "Wait a moment, and read it again before you repeat the request.",
                "少し待ち、読み直してから要求をやり直してください。"
            )
        ),
        ErrorCode(
            900106,
            404,
            meaning: (
                "The upgrade is not known.",
                "アップグレードが見つかりません。"
            ),
            advice: (
                "Check the id that its start answered.",
                "開始時の応答にあった ID を確かめてください。"
            )
        ),
        ErrorCode(
            900108,
            403,
            meaning: (
                "The customer has no Azure subscription.",
                "顧客に Azure のサブスクリプションがありません。"
            ),
            advice: (
                "Order an Azure plan first.",
                "先に Azure プランを注文してください。"
            )
        ),
        ErrorCode(
            900110,
            400,
            meaning: (
                "The upgrade is already done.",
                "アップグレードは完了しています。"
            ),
            advice: (
                "Nothing is left to do; read the subscriptions.",
                "追加の作業は不要です。サブスクリプションを確かめてください。"
            )
        ),
        ErrorCode(
            900111,
            400,
            meaning: (
                "The upgrade belongs to another customer.",
                "アップグレードは別の顧客のものです。"
            ),
            advice: (
                "Use the customer that it was started for.",
                "開始したときの顧客を指定してください。"
            )
        ),
        ErrorCode(
            900115,
            400,
            meaning: (
                "Something that is still active stands in the way.",
                "有効なものが残っているため、実行できません。"
            ),
            advice: (
                "Suspend or cancel what `data` names, then try again.",
                "`data` が示すものを中断または取り消してから、やり直してください。"
            )
        ),
        ErrorCode(
            900117,
            400,
            meaning: (
                "The window for cancelling is over.",
                "取り消しができる期間は終わりました。"
            ),
            advice: (
                "Switch off the renewal, so that it ends with its term.",
                "更新を無効にすると、期間の終わりに終了します。"
            )
        ),
        ErrorCode(
            900127,
            403,
            meaning: (
                "This is not available in this cloud.",
                "このクラウドでは利用できません。"
            ),
            advice: (
                "Use a server of a cloud that has it.",
                "利用できるクラウドのサーバーを使ってください。"
            )
        ),
        ErrorCode(
            900149,
            403,
            meaning: (
                "The partner's program is not active, or the partner is suspended.",
                "パートナーのプログラムが有効でないか、パートナーが利用を止められています。"
            ),
            advice: (
                "Ask the operator of this server.",
                "このサーバーの運用者に問い合わせてください。"
            )
        ),
        ErrorCode(
            900150,
            403,
            meaning: (
                "The caller is not the one who may decide this.",
                "呼び出し元はこれを決定できません。"
            ),
            advice: (
                "Let a person of the right organization and role do it.",
                "適切な組織とロールの利用者が行ってください。"
            )
        ),
        ErrorCode(
            900421,
            401,
            meaning: (
                "The person signed in without a second factor.",
                "2 段階目の認証なしでサインインしています。"
            ),
            advice: (
                "Sign in again with a second factor, and get a new token.",
                "2 段階目の認証を使ってサインインし直し、新しいトークンを取得してください。"
            )
        ),
    ]
}
