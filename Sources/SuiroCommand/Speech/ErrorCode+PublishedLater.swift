// The rest of the vendor's table, in the form of `ErrorCode+Published.swift`.
extension ErrorCode {
    static let subscriptionCodes = """
        2002 400 request The quantity lies outside what the offer allows.
          数量が、オファーで許される範囲を外れています。
        2011 400 state The subscription is deleted, and cannot be changed.
          サブスクリプションは削除されていて、変更できません。
        2012 400 vendor The subscription of the order has no match in the customer's directory.
          注文のサブスクリプションと、顧客のディレクトリのものが対応しません。
        800013 400 other The subscription is not set up for reservations.
          このサブスクリプションは予約に対応していません。
        800021 400 request It is not a valid subscription.
          有効なサブスクリプションではありません。
        800030 400 state The subscription is not registered.
          サブスクリプションが登録されていません。
        800037 404 request The asset is not known.
          資産が見つかりません。
        800038 404 wait Nothing is known yet of how the asset will be billed.
          資産の今後の請求についての情報がありません。
        800040 400 state The asset cannot go from the state it is in to the one that was asked for.
          資産は、今の状態から指定された状態には変更できません。
        800068 403 state The partner has as many Azure subscriptions as it may have.
          パートナーの Azure サブスクリプションが上限に達しています。
        800072 400 wait The cycle can be changed only when the last change is carried out.
          前の変更が完了するまで、請求サイクルは変更できません。
        800076 404 request The subscription has no such history.
          サブスクリプションの履歴が見つかりません。
        800077 403 request Software that is sold by seats is canceled through the subscription.
          シート単位の SaaS は、サブスクリプションの変更で取り消します。
        800080 400 vendor The cycle cannot be changed, because no billing account is linked.
          請求先アカウントが関連付けられていないため、請求サイクルを変更できません。
        800081 400 state The subscription has to be activated before it is changed.
          サブスクリプションは、変更の前にアクティブ化する必要があります。
        800082 400 wait The subscription is not ready yet.
          サブスクリプションの準備が、まだできていません。
        800085 400 request The cycles of subscription and order differ.
          サブスクリプションと注文の請求サイクルが異なります。
        800091 400 state A suspended subscription cannot be changed.
          一時停止中のサブスクリプションは変更できません。
        800092 400 other Seats with Software Assurance cannot be added.
          ソフトウェア アシュアランスのシートは追加できません。
        800094 500 wait The subscription could not be changed.
          サブスクリプションを変更できませんでした。
        800095 400 state The number of seats cannot be changed.
          シート数は変更できません。
        800098 400 state The partner of record cannot be changed.
          登録パートナーは変更できません。
        800112 403 state Overage cannot be managed, because the customer has older Azure subscriptions.
          顧客に以前の Azure サブスクリプションがあるため、超過分を管理できません。
        900107 400 request The Azure item is missing.
          Azure の品目が指定されていません。
        900109 409 wait The upgrade is being carried out already.
          アップグレードは、すでに処理されています。
        900112 409 wait Nothing can be bought while an upgrade is waiting.
          アップグレードが保留中のため、購入できません。
        900113 409 wait Nothing can be bought while an upgrade is being carried out.
          アップグレードの処理中のため、購入できません。
        900114 409 vendor Nothing can be bought, because an upgrade has failed.
          アップグレードに失敗しているため、購入できません。
        900116 400 state The sandbox has as many Azure plans as it may have.
          サンドボックスの Azure プランが上限に達しています。
        900119 403 other Shared services of a partner cannot be upgraded.
          パートナー共有サービスはアップグレードできません。
        900120 403 vendor The upgrade of Azure is refused.
          Azure のアップグレードは認められません。
        900128 400 state Software that is billed by use needs an Azure plan first.
          使用量で請求される SaaS には、先に Azure プランが必要です。
        900129 400 request The Azure plan is not known, or has no active subscription.
          Azure プランが見つからないか、有効なサブスクリプションがありません。
        900140 404 wait The subscriptions of the directory are not available for this tenant.
          このテナントのディレクトリのサブスクリプションを取得できません。

        """

    static let transferCodes = """
        800078 400 state The transfer is refused, because a subscription in it is not valid.
          有効でないサブスクリプションが含まれているため、譲渡できません。
        900100 404 request The transfer is not known.
          譲渡が見つかりません。
        900103 500 wait The order of the transfer could not be made.
          譲渡の注文を作成できませんでした。
        900105 403 state Suspended Azure subscriptions stand in the way of the transfer.
          一時停止中の Azure サブスクリプションがあるため、譲渡できません。
        900130 403 wait Azure subscriptions that were bought lately cannot be transferred yet.
          購入して間もない Azure サブスクリプションは、まだ譲渡できません。
        900131 400 state The transfer is refused, because of older Azure subscriptions.
          以前の Azure サブスクリプションがあるため、譲渡できません。
        900132 400 state The transfer is refused, because the Azure plan is not active.
          Azure プランが有効でないため、譲渡できません。
        900133 400 state The transfer is refused, because there is no Azure plan.
          Azure プランがないため、譲渡できません。
        900134 400 other The transfer is refused, because the Azure plan cannot be bought.
          Azure プランを購入できないため、譲渡できません。
        900135 500 wait The transfer could not be begun.
          譲渡を開始できませんでした。
        900136 400 request The transfer needs a mail address or a domain of the current partner.
          譲渡には、現在のパートナーのメール アドレスまたはドメインが必要です。
        900137 403 vendor The partner may take part in no transfers.
          このパートナーは譲渡に参加できません。
        900138 403 other The national cloud of the partner is not supported.
          このパートナーのクラウドには対応していません。
        900139 403 request The transfer cannot be accepted as it is; ask for one without Azure subscriptions.
          このままでは承諾できません。Azure サブスクリプションを含まない譲渡を依頼してください。
        900145 400 request Azure reservations do not come along in a transfer.
          Azure の予約は、一緒に譲渡されません。
        900146 400 request Products of other publishers do not come along in a transfer.
          ほかの発行元の製品は、一緒に譲渡されません。
        900147 400 request The domain does not belong to the partner.
          ドメインはパートナーのものではありません。
        900148 400 request The current partner and the one that asks are the same.
          現在のパートナーと依頼するパートナーが同じです。

        """

    static let otherCodes = """
        0 501 vendor The service failed for a reason that it does not name.
          サービスで、分類されていないエラーが発生しました。
        5 200 wait No offer of the new commerce takes the place of this one yet; it comes inside a successful answer.
          新しいコマースに、代わりになるオファーがまだありません。成功の応答の中で返ります。
        808 200 request The device is refused, such as one that belongs to another tenant; it comes inside a job.
          別のテナントのものであるなどの理由で、デバイスは登録できません。ジョブの中で返ります。
        1003 409 wait The tenant of the sandbox could not be made, because another is being made.
          サンドボックスのテナントは、ほかの作成と重なったため作成できませんでした。
        2071 400 request The partner network number is not that of an advisor.
          パートナー ネットワーク番号は、アドバイザーのものではありません。
        2072 404 request The partner network number of the provider cannot be used as the partner of record.
          プロバイダーのパートナー ネットワーク番号は、登録パートナーとして使えません。
        2203 400 agree The partner with this number has not signed the partner agreement.
          この番号のパートナーは、パートナー契約に署名していません。
        2206 400 agree The partner of this tenant has not signed the partner agreement.
          このテナントのパートナーは、パートナー契約に署名していません。
        6002 401 request The token is refused, or is not that of a provider's sandbox account.
          トークンが受け入れられないか、プロバイダーのサンドボックス アカウントのものではありません。
        6003 403 state The reseller of the sandbox cannot be deleted.
          サンドボックスのリセラーは削除できません。
        6004 403 state The reseller of the sandbox cannot be made.
          サンドボックスのリセラーは作成できません。
        60000 400 vendor The customer's licenses could not be moved.
          顧客のライセンスを移せませんでした。
        60003 404 request The tenant is not known.
          テナントが見つかりません。
        500600 400 other The older offer cannot be bought any more; it comes inside a successful answer.
          以前のオファーは購入できません。成功の応答の中で返ります。
        600002 400 request The country takes no registration number of organizations.
          この国では、組織の登録番号は使いません。
        600039 404 request The policy of self-service purchases is not known.
          セルフサービス購入のポリシーが見つかりません。
        600040 404 request The identifier of the self-service policy is wrong.
          セルフサービス購入のポリシーの ID が正しくありません。
        600041 409 state There is a policy of self-service purchases already.
          セルフサービス購入のポリシーは、すでにあります。
        600049 400 request The country demands a registration number of the organization, and there is none.
          この国では組織の登録番号が必要ですが、指定されていません。
        600050 400 request The registration number of the organization is not written as the country demands.
          組織の登録番号が、この国の形式ではありません。
        600051 400 request The country demands a phone number in the billing profile, and there is none.
          この国では請求先の電話番号が必要ですが、指定されていません。
        600074 404 wait Nothing is known yet of how the account was validated.
          アカウントの検証の結果は、まだありません。
        800001 401 request There is no token of the partner.
          パートナーのトークンがありません。
        800015 404 request The partner network number is not known.
          パートナー ネットワーク番号が見つかりません。
        800016 400 request The partner network number is not that of an indirect reseller.
          パートナー ネットワーク番号は、間接リセラーのものではありません。
        800069 403 vendor A check of risk has refused the purchase.
          リスクの確認で、購入が認められませんでした。
        800073 403 wait The customer is under review.
          顧客は審査中です。
        800074 403 wait The customer is under review.
          顧客は審査中です。
        800075 403 vendor The customer was not approved.
          顧客は承認されませんでした。
        800086 400 other The customer's tenant lacks what the offer demands of it.
          顧客のテナントは、オファーの条件を満たしていません。
        900118 400 request The id of the customer is not valid.
          顧客の ID が有効ではありません。
        900121 403 vendor The limit of credit is too low.
          与信限度額が足りません。
        900122 404 request The advisor's quote is not known.
          アドバイザーの見積もりが見つかりません。
        900123 403 agree The reseller has not signed the partner agreement.
          リセラーは、パートナー契約に署名していません。
        900124 403 agree Your own company has not signed the partner agreement.
          自社は、パートナー契約に署名していません。
        900125 400 request The data of the advisor are missing.
          アドバイザーの情報がありません。
        900126 400 request A word is none of those that the field takes.
          項目で使えない語が指定されています。
        900141 400 other The operation is not supported.
          この操作には対応していません。
        900142 400 request The id of the catalog's item is missing.
          カタログの品目の ID がありません。
        900143 400 wait What can be bought of the product and SKU could not be read.
          製品と SKU の購入方法を取得できませんでした。
        900144 400 request The SKU of what is to be provided is missing.
          プロビジョニングする SKU がありません。
        900192 500 wait The service failed for a moment.
          サービスで一時的なエラーが発生しました。

        """
}
