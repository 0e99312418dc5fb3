namespace FairShare.Simulation.Faults;

/// <summary>Which step of the protocol a handler, or a state of the workflow, carries out.</summary>
internal static class ProtocolSteps
{
    private static readonly Dictionary<string, string> ByOrigin = new()
    {
        [""] = "every call of the API",
        ["RequestUpload"] = "1, 2",
        ["SubmitOrigin"] = "3, v",
        ["RequestDownload"] = "4, 5",
        ["Open"] = "4, 5: workflow",
        ["SubmitReceipt"] = "6",
        ["Commit"] = "7, 8: workflow",
        ["Publish"] = "7, 8: workflow",
        ["AbortDocument"] = "a: abort",
        ["EndExchanges"] = "a: abort",
        ["Decline"] = "a: decline",
        ["SealEnding"] = "a: ending",
        ["CommitEnding"] = "a: workflow",
        ["PublishEnding"] = "a: workflow",
        ["RegisterKey"] = "keys",
        ["IssueKeyNonce"] = "keys",
        ["RetireKey"] = "keys",
        ["RecordSealKey"] = "seal",
        ["SequenceLog"] = "log",
        ["CreateVaultItem"] = "vault: store",
        ["CommitVaultItem"] = "vault: store",
        ["OpenVaultItem"] = "vault: open",
        ["CloseVaultTicket"] = "vault: open",
        ["ChangeVaultLimits"] = "vault: limits",
        ["DeleteVaultItem"] = "vault: end",
        ["EraseVaultItem"] = "vault: end",
        ["RequestShareUpload"] = "backup: store",
        ["ConfirmShare"] = "backup: store",
        ["ReleaseShare"] = "backup: restore",
        ["OfferKey"] = "backup: refresh",
        ["DealRefresh"] = "backup: refresh",
        ["JudgeDeals"] = "backup: refresh",
        ["OpenDeals"] = "backup: refresh",
        ["PrepareRefresh"] = "backup: refresh",
        ["ApplyRefresh"] = "backup: refresh",
        ["AbortRefresh"] = "backup: refresh",
        ["HelpPeer"] = "backup: repair",
        ["ProveShare"] = "backup: repair",
        ["DeleteShare"] = "backup: delete",
    };

    /// <summary>Whether the caller is a state of the workflow, and no function.</summary>
    public static bool IsOfWorkflow(string origin) => Of(origin).EndsWith(": workflow", StringComparison.Ordinal);

    /// <summary>The step; <c>reading</c> for what changes nothing.</summary>
    public static string Of(string origin) => ByOrigin.GetValueOrDefault(origin, "reading, webhooks");
}
