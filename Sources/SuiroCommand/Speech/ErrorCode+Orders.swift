extension ErrorCode {
    /// Orders and their billing cycle, credit, and what an offer allows.
    static let orders: [ErrorCode] = [
        ErrorCode(
            2054,
            400,
            meaning: (
                "The billing cycle belongs to the order and cannot be changed on the subscription.",
                "請求サイクルは注文の設定であり、サブスクリプションでは変更できません。"
            ),
            advice: (
                "Change the billing cycle of the order.",
                "注文の請求サイクルを変更してください。"
            )
        ),
        ErrorCode(
            2085,
            403,
            meaning: (
                "The offer may not be bought by this customer or partner.",
                "このオファーは、この顧客またはパートナーでは購入できません。"
            ),
            advice: (
                "List the offers that can be bought, and choose one of them.",
                "購入できるオファーを一覧し、その中から選んでください。"
            )
        ),
        ErrorCode(
            2091,
            403,
            meaning: (
                "The offer is no longer sold.",
                "オファーの販売は終了しています。"
            ),
            advice: (
                "Choose the offer that has taken its place.",
                "後継のオファーを選んでください。"
            )
        ),
        ErrorCode(
            2100,
            400,
            meaning: (
                "The list of offers does not know this id; the item is found among products and SKUs.",
                "この ID はオファーの一覧にありません。製品と SKU として提供されている品目です。"
            ),
            advice: (
                "Look the item up by product and SKU, and buy it through a cart.",
                "製品と SKU で品目を調べ、カートで購入してください。"
            )
        ),
        ErrorCode(
            4018,
            400,
            meaning: (
                "The order cannot be processed as it was sent.",
                "送られた注文は処理できません。"
            ),
            advice: (
                "Check the order's lines against the catalog, and send it again.",
                "注文の明細をカタログと照合し、送り直してください。"
            )
        ),
        ErrorCode(
            6001,
            400,
            meaning: (
                "The billing cycle cannot change, because an offer of the order is not sold with the new one.",
                "注文に新しい請求サイクルでは販売されていないオファーがあるため、請求サイクルを変更できません。"
            ),
            advice: (
                "Choose a billing cycle that every offer of the order has.",
                "注文のすべてのオファーに共通する請求サイクルを選んでください。"
            )
        ),
        ErrorCode(
            27006,
            400,
            meaning: (
                "The offer has been used as often as is allowed.",
                "オファーを利用できる回数の上限に達しています。"
            ),
            advice: (
                "Choose another offer.",
                "別のオファーを選んでください。"
            )
        ),
        ErrorCode(
            27007,
            400,
            meaning: (
                "The promotion code is wrong, is over, or does not fit what is bought.",
                "プロモーション コードが誤っているか、期限切れか、購入する品目の対象外です。"
            ),
            advice: (
                "Correct the code, or order without it.",
                "コードを直すか、コードなしで注文してください。"
            )
        ),
        ErrorCode(
            800005,
            500,
            meaning: (
                "The order could not be created because of a fault in the service.",
                "サービスの障害のため、注文を作成できませんでした。"
            ),
            advice: (
                "List the customer's orders, and repeat the request if the order is not there.",
                "顧客の注文を一覧し、注文がなければ要求をやり直してください。"
            )
        ),
        ErrorCode(
            800014,
            409,
            meaning: (
                "The order has an adjustment that is not finished, such as a refund or a change of quantity.",
                "注文に、返金や数量の変更など、完了していない調整があります。"
            ),
            advice: (
                "Wait until the adjustment is done, then repeat the request.",
                "調整が完了してから、要求をやり直してください。"
            )
        ),
        ErrorCode(
            800023,
            403,
            meaning: (
                "The partner's credit line does not cover the order. The same fault can come as 400, with code 800025.",
                "パートナーの与信枠が注文に対して不足しています。同じ理由がコード 800025（400）で返ることもあります。"
            ),
            advice: (
                "Pay open invoices, or have the credit line raised.",
                "未払いの請求書を支払うか、与信枠の引き上げを依頼してください。"
            )
        ),
        ErrorCode(
            800025,
            400,
            meaning: (
                "The partner's credit line does not cover the order. The same fault can come as 403, with code 800023.",
                "パートナーの与信枠が注文に対して不足しています。同じ理由がコード 800023（403）で返ることもあります。"
            ),
            advice: (
                "Pay open invoices, or have the credit line raised.",
                "未払いの請求書を支払うか、与信枠の引き上げを依頼してください。"
            )
        ),
        ErrorCode(
            800028,
            403,
            meaning: (
                "The term that the order would begin with is no longer sold.",
                "注文の最初の契約期間は、販売が終了しています。"
            ),
            advice: (
                "Choose a term that the catalog still has.",
                "カタログにある契約期間を選んでください。"
            )
        ),
        ErrorCode(
            800031,
            500,
            meaning: (
                "The system that would carry out the purchase is not supported for this item.",
                "この品目の購入を処理するシステムに対応していません。"
            ),
            advice: (
                "Buy the item in another way, or report the MS-CorrelationId.",
                "別の方法で購入するか、MS-CorrelationId を添えて報告してください。"
            )
        ),
        ErrorCode(
            800036,
            417,
            meaning: (
                "A condition of the request was not met, because something changed after it was read.",
                "読み取った後に内容が変わり、要求の前提条件が満たされなくなりました。"
            ),
            advice: (
                "Read it again, and repeat the request with the present values.",
                "読み直し、現在の値で要求をやり直してください。"
            )
        ),
        ErrorCode(
            800060,
            409,
            meaning: (
                "The order is being processed already.",
                "注文はすでに処理中です。"
            ),
            advice: (
                "Wait, and read the order instead of sending it again.",
                "再送せずに少し待ち、注文の状態を読んでください。"
            )
        ),
        ErrorCode(
            800061,
            400,
            meaning: (
                "The order cannot be cancelled: of its kind, or by now.",
                "注文の種類または時期により、取り消すことができません。"
            ),
            advice: (
                "Switch off the renewal of its subscriptions, so that they end with their term.",
                "サブスクリプションの更新を無効にし、契約期間の終わりに終了させてください。"
            )
        ),
        ErrorCode(
            800063,
            400,
            meaning: (
                "The order cannot be cancelled as a whole.",
                "この注文を取り消すことはできません。"
            ),
            advice: (
                "Suspend its subscription by a PATCH instead.",
                "代わりに、PATCH でサブスクリプションを中断してください。"
            )
        ),
        ErrorCode(
            800069,
            403,
            meaning: (
                "The check of risk refused the purchase.",
                "リスクの確認により、購入が認められませんでした。"
            ),
            advice: (
                "Contact support; sending the order again does not help.",
                "再送では解決しないため、サポートに問い合わせてください。"
            )
        ),
        ErrorCode(
            800070,
            400,
            meaning: (
                "The offer is not sold in the customer's country.",
                "オファーは、顧客の国では販売されていません。"
            ),
            advice: (
                "List the offers of that country, and choose one of them.",
                "その国のオファーを一覧し、その中から選んでください。"
            )
        ),
        ErrorCode(
            800072,
            400,
            meaning: (
                "The billing cycle cannot change until the order has been synchronized.",
                "注文の同期が完了するまで、請求サイクルを変更できません。"
            ),
            advice: (
                "Wait until the sync state is Completed, then repeat the request.",
                "同期の状態が Completed になってから、要求をやり直してください。"
            )
        ),
        ErrorCode(
            800080,
            400,
            meaning: (
                "The billing cycle cannot change, because the order is not linked to a billing account.",
                "注文が請求先アカウントに関連付けられていないため、請求サイクルを変更できません。"
            ),
            advice: (
                "Contact support to have the billing account linked.",
                "サポートに請求先アカウントの関連付けを依頼してください。"
            )
        ),
        ErrorCode(
            800083,
            500,
            meaning: (
                "The catalog gives several included quantities for the item, and the service cannot choose.",
                "品目に含まれる数量がカタログに複数あり、サービスが 1 つに決められません。"
            ),
            advice: (
                "Choose another availability, or report the catalog item.",
                "別の購入方法を選ぶか、カタログ品目を報告してください。"
            )
        ),
        ErrorCode(
            800084,
            500,
            meaning: (
                "The duration of the term is not supported.",
                "契約期間の長さに対応していません。"
            ),
            advice: (
                "Choose a term that the availability lists.",
                "購入方法に示された契約期間を選んでください。"
            )
        ),
        ErrorCode(
            800087,
            500,
            meaning: (
                "A line item could not be processed because of a fault in the service.",
                "サービスの障害のため、明細を処理できませんでした。"
            ),
            advice: (
                "Repeat the request, and report its MS-CorrelationId if the fault stays.",
                "要求をやり直し、解消しないときは MS-CorrelationId を添えて報告してください。"
            )
        ),
        ErrorCode(
            900121,
            403,
            meaning: (
                "The partner's credit limit does not cover the purchase.",
                "パートナーの与信限度額が購入に対して不足しています。"
            ),
            advice: (
                "Write to the support address that the answer gives.",
                "応答に示されたサポートのメール アドレスに連絡してください。"
            )
        ),
    ]
}
