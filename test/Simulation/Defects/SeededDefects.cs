using System.Text.Json.Nodes;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Defects;

/// <summary>Defects that somebody could make, each of which breaks a promise that only some histories show.</summary>
internal static class SeededDefects
{
    public static IReadOnlyList<Defect> All { get; } =
    [
        new("commit-without-the-abort-condition", "completes after the abort of its document")
        {
            First = 36,
            Template = TemplateEdits.States(SharedDefects.CommitIgnoresTheAbort),
        },
        new("wait-without-a-timeout", "does not end") { Template = TemplateEdits.States(SharedDefects.WaitWithoutAnEnd) },
        new("contention-ends-as-abort", "is aborted, and its document is not") { Template = TemplateEdits.States(ForgetReceipts) },
        new("receipt-in-the-place-of-the-release", "its evidence does not prove it: release.form: wrong-kind")
        {
            Rewrite = (call, body) => Is(call, "SubmitReceipt", "SendTaskSuccess") ? ReceiptTwice(body) : body,
        },
        new("retirement-effective-before-it-was-asked-for", "The key is not valid at this time")
        {
            First = 47,
            Rewrite = (call, body) => Is(call, "RetireKey", "TransactWriteItems") ? Backdate(body) : body,
        },
        .. VaultDefects.All,
        .. BackupDefects.All,
    ];

    public static Defect Find(string name) =>
        All.FirstOrDefault(defect => defect.Name == name) ?? throw new ArgumentException($"No defect is called {name}.");

    private static bool Is(CallPoint call, string origin, string operation) => call.Origin == origin && call.Operation == operation;

    /// <summary>The commit is not tried again, and the sealing does not see that there is a receipt.</summary>
    private static void ForgetReceipts(JsonObject states)
    {
        foreach (var retry in states["Commit"]!["Retry"]!.AsArray())
        {
            retry!["MaxAttempts"] = 0;
        }

        SharedDefects.SealingForgetsTheReceipt(states);
    }

    private static string ReceiptTwice(string body)
    {
        var request = JsonNode.Parse(body)!;
        var output = JsonNode.Parse(request["output"]!.GetValue<string>())!;
        output["release"] = output["nrr"]!.DeepClone();
        request["output"] = output.ToJsonString();
        return request.ToJsonString();
    }

    private static string Backdate(string body)
    {
        var request = JsonNode.Parse(body)!;
        SharedDefects.RetireEarlier(request, TimeSpan.FromHours(1));
        return request.ToJsonString();
    }
}
