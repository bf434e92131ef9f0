extension ErrorCode {
    /// Who has agreed to what, and the numbers of the partner network.
    static let agreements: [ErrorCode] = [
        ErrorCode(
            2000,
            400,
            meaning: (
                "The tenant ID is malformed, or a tenant ID and a partner network number were sent together.",
                "テナント ID の形式が正しくないか、テナント ID とパートナー ネットワーク番号の両方が指定されています。"
            ),
            advice: (
                "Send either a partner network number or a tenant ID.",
                "パートナー ネットワーク番号とテナント ID のどちらか一方を指定してください。"
            )
        ),
        ErrorCode(
            2001,
            400,
            meaning: (
                "No partner was named to ask about. Of a subscription: it is suspended, so its quantity is fixed.",
                "照会するパートナーが指定されていません。サブスクリプションの場合は、中断中のため数量を変更できません。"
            ),
            advice: (
                "Name the partner by number or tenant; or activate the subscription first.",
                "番号かテナントでパートナーを指定するか、先にサブスクリプションを有効にしてください。"
            )
        ),
        ErrorCode(
            2071,
            400,
            meaning: (
                "The partner network number given for the advisor is not that of an advisor.",
                "アドバイザーとして指定されたパートナー ネットワーク番号は、アドバイザーのものではありません。"
            ),
            advice: (
                "Ask the advisor for its number, and send that one.",
                "アドバイザーに番号を確かめ、その番号を指定してください。"
            )
        ),
        ErrorCode(
            2072,
            404,
            meaning: (
                "The number of an indirect provider was given where a partner on record is asked for.",
                "登録パートナーとして、間接プロバイダーのパートナー ネットワーク番号が指定されています。"
            ),
            advice: (
                "Give the number of the indirect reseller that works with the customer.",
                "顧客を担当する間接リセラーの番号を指定してください。"
            )
        ),
        ErrorCode(
            2200,
            400,
            meaning: (
                "The partner network number is not known, or was never moved to the present system of accounts.",
                "パートナー ネットワーク番号が見つからないか、現在のアカウント方式に切り替わっていません。"
            ),
            advice: (
                "Check the number with the reseller.",
                "番号をリセラーに確かめてください。"
            )
        ),
        ErrorCode(
            2201,
            400,
            meaning: (
                "The partner network number belongs to an account in another region than the caller's.",
                "パートナー ネットワーク番号は、呼び出し元とは別の地域のアカウントのものです。"
            ),
            advice: (
                "Use the number that the reseller has in your own region.",
                "自社と同じ地域でリセラーが持つ番号を使ってください。"
            )
        ),
        ErrorCode(
            2203,
            400,
            meaning: (
                "The partner with this network number has not signed the partner agreement.",
                "このパートナー ネットワーク番号のパートナーは、パートナー契約に署名していません。"
            ),
            advice: (
                "Ask the reseller to sign the partner agreement.",
                "リセラーにパートナー契約への署名を依頼してください。"
            )
        ),
        ErrorCode(
            2204,
            400,
            meaning: (
                "The partner network number is not that of an indirect reseller.",
                "パートナー ネットワーク番号が、間接リセラーのものではありません。"
            ),
            advice: (
                "Use the number under which the partner is enrolled as an indirect reseller.",
                "パートナーが間接リセラーとして登録している番号を使ってください。"
            )
        ),
        ErrorCode(
            2205,
            400,
            meaning: (
                "No partner account belongs to the tenant.",
                "テナントに対応するパートナーのアカウントがありません。"
            ),
            advice: (
                "Check the tenant ID, or ask by partner network number.",
                "テナント ID を確かめるか、パートナー ネットワーク番号で照会してください。"
            )
        ),
        ErrorCode(
            2206,
            400,
            meaning: (
                "The partner account of the tenant has not signed the partner agreement.",
                "テナントのパートナー アカウントは、パートナー契約に署名していません。"
            ),
            advice: (
                "Ask the reseller to sign the partner agreement.",
                "リセラーにパートナー契約への署名を依頼してください。"
            )
        ),
        ErrorCode(
            13605,
            403,
            meaning: (
                "The customer has not accepted the customer agreement, so nothing may be ordered for it.",
                "顧客が顧客契約に同意していないため、この顧客の注文はできません。"
            ),
            advice: (
                "Attest the customer's acceptance, or let its administrator sign the agreement.",
                "顧客の同意を証明するか、顧客の管理者に署名してもらってください。"
            )
        ),
        ErrorCode(
            600061,
            409,
            meaning: (
                "A partner has already confirmed that this contact of the customer accepted the agreement.",
                "この担当者が契約に同意したことは、すでにパートナーによって証明されています。"
            ),
            advice: (
                "Read the customer's agreements; confirm anew only for another contact.",
                "顧客契約の一覧を読み、別の担当者が同意したときだけ改めて証明してください。"
            )
        ),
        ErrorCode(
            800015,
            404,
            meaning: (
                "No partner has this partner network number.",
                "このパートナー ネットワーク番号のパートナーは見つかりません。"
            ),
            advice: (
                "Check the number with the reseller.",
                "番号をリセラーに確かめてください。"
            )
        ),
        ErrorCode(
            800016,
            400,
            meaning: (
                "The partner network number belongs to a partner that is not an indirect reseller.",
                "パートナー ネットワーク番号のパートナーは、間接リセラーではありません。"
            ),
            advice: (
                "Give the number of an indirect reseller, or leave the partner on record out.",
                "間接リセラーの番号を指定するか、登録パートナーを省いてください。"
            )
        ),
        ErrorCode(
            900122,
            404,
            meaning: (
                "The quote of the advisor is not known: its id is wrong, or the quote was withdrawn.",
                "アドバイザーの見積もりが見つかりません。ID が誤っているか、見積もりが取り下げられています。"
            ),
            advice: (
                "Ask the advisor for the id of a quote that still stands.",
                "有効な見積もりの ID をアドバイザーに確かめてください。"
            )
        ),
        ErrorCode(
            900123,
            403,
            meaning: (
                "The indirect reseller on record has not signed the partner agreement.",
                "登録パートナーの間接リセラーが、パートナー契約に署名していません。"
            ),
            advice: (
                "Ask the reseller to sign it, then order again.",
                "リセラーに署名を依頼し、その後でもう一度注文してください。"
            )
        ),
        ErrorCode(
            900124,
            403,
            meaning: (
                "Your own company has not signed the partner agreement.",
                "自社がパートナー契約に署名していません。"
            ),
            advice: (
                "Let an administrator of your company sign it, then try again.",
                "自社の管理者が署名してから、やり直してください。"
            )
        ),
        ErrorCode(
            900125,
            400,
            meaning: (
                "The context of the request lacks the data of the advisor.",
                "要求に、アドバイザーの情報が含まれていません。"
            ),
            advice: (
                "Send the request with the advisor and its quote.",
                "アドバイザーとその見積もりを指定して、要求を送ってください。"
            )
        ),
    ]
}
