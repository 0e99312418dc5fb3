using System.Globalization;
using System.Text.Json.Nodes;
using TemplateHost.Gateway.Faults;

namespace FairShare.Simulation.Defects;

/// <summary>Defects that somebody could make, each of which breaks a promise that only some histories show.</summary>
internal static class SeededDefects
{
    public static IReadOnlyList<Defect> All { get; } =
    [
        new("commit-without-the-abort-condition")
        {
            First = 11,
            Template = template =>
                TemplateEdit.InState(template, "Commit", "attribute_not_exists(aborted)", "attribute_not_exists(forgotten)"),
        },
        new("wait-without-a-timeout")
        {
            Template = template => TemplateEdit.InState(template, "Open", "\"TimeoutSecondsPath\": \"$.timeoutSeconds\",", ""),
        },
        new("contention-ends-as-abort") { First = 53, Template = ForgetReceipts },
        new("receipt-in-the-place-of-the-release")
        {
            First = 1,
            Rewrite = (call, body) => Is(call, "SubmitReceipt", "SendTaskSuccess") ? ReceiptTwice(body) : body,
        },
        new("retirement-effective-before-it-was-asked-for")
        {
            First = 8,
            Rewrite = (call, body) => Is(call, "RetireKey", "TransactWriteItems") ? Backdate(body) : body,
        },
    ];

    public static Defect Find(string name) =>
        All.FirstOrDefault(defect => defect.Name == name) ?? throw new ArgumentException($"No defect is called {name}.");

    private static bool Is(CallPoint call, string origin, string operation) => call.Origin == origin && call.Operation == operation;

    /// <summary>The commit is not tried again, and the sealing does not see that there is a receipt.</summary>
    private static string ForgetReceipts(string template)
    {
        const string Seen =
            "\"Payload\": { \"exchangeId.$\": \"$.exchangeId\", \"challenge.$\": \"$.challenge\", \"failure.$\": \"$.failure\" }";
        var impatient = TemplateEdit.InState(template, "Commit", "\"MaxAttempts\": 4", "\"MaxAttempts\": 0");
        impatient = TemplateEdit.InState(impatient, "Commit", "\"MaxAttempts\": 40", "\"MaxAttempts\": 0");
        return TemplateEdit.InState(impatient, "SealEnding", "\"Payload.$\": \"$\"", Seen);
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
        foreach (var item in request["TransactItems"]!.AsArray())
        {
            if (item!["Update"]?["ExpressionAttributeValues"]?[":from"] is { } from)
            {
                var time = DateTimeOffset.Parse(from["S"]!.GetValue<string>(), CultureInfo.InvariantCulture).AddHours(-1);
                from["S"] = time.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fff'Z'", CultureInfo.InvariantCulture);
            }
        }

        return request.ToJsonString();
    }
}
