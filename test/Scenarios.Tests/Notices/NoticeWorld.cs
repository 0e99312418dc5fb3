using System.Diagnostics;
using System.Text.Json.Nodes;
using FairShare.Host;
using FairShare.Testing;
using TemplateHost.Gateway.Faults;
using TemplateHost.Kernel;
using Xunit;

namespace FairShare.Scenarios.Tests.Notices;

/// <summary>A deployed application that mails notices into the host's mailbox, with an uploader and a downloader.</summary>
public sealed class NoticeWorld : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public ShiftedTime Time { get; } = new();

    public FaultPlan Faults { get; } = new(seed: 1);

    public TestHost Host { get; private set; } = null!;

    public TestParty Alice { get; private set; } = null!;

    public TestParty Bob { get; private set; } = null!;

    /// <summary>The template of what mails notices.</summary>
    public static string Template => File.ReadAllText(Path.Combine(AppContext.BaseDirectory, $"{NoticesStack.StackName}.template.json"));

    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(TestHost.PublishedFunctions is not null, "Published functions go by the system's clock.");
        Host = await TestHost.StartAsync(
            new()
            {
                Listen = false,
                Time = Time,
                Faults = Faults,
                FunctionVariables = NoticesStack.Variables,
            }
        );
        await NoticesStack.DeployAsync(Host.Embedded, Template);
        Alice = await TestParty.JoinAsync(Host, "alice");
        Bob = await TestParty.JoinAsync(Host, "bob");
    }

    public async ValueTask DisposeAsync()
    {
        Alice?.Dispose();
        Bob?.Dispose();
        await (Host?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    /// <summary>Asks for notices.</summary>
    public static Task<Answer> SetAsync(TestParty party, string address, params string[] about) =>
        party.PostAsync(
            "/notices",
            new JsonObject { ["address"] = address, ["about"] = new JsonArray([.. about.Select(kind => JsonValue.Create(kind))]) }
        );

    /// <summary>Has an address confirmed.</summary>
    public async Task SubscribeAsync(TestParty party, string address, params string[] about)
    {
        var before = Host.Embedded.Mailbox.For(address).Count;
        (await SetAsync(party, address, about)).Require(200);
        var code = CodeIn(await MailAsync(address, before));
        (await ConfirmAsync(party, code)).Require(200);
    }

    /// <summary>An address that nobody else has been mailed at.</summary>
    public static string NewAddress() => $"reader-{Guid.NewGuid():N}@mail.example.com";

    /// <summary>Confirms an address by its code.</summary>
    public static Task<Answer> ConfirmAsync(TestParty party, string code) =>
        party.PostAsync("/notices/confirmation", new JsonObject { ["code"] = code });

    /// <summary>The code that a mail has.</summary>
    public static string CodeIn(MailMessage mail) => mail.Text.Split("The code is ")[1].Split(',')[0];

    /// <summary>The mail of that number to an address, once it is there.</summary>
    public async Task<MailMessage> MailAsync(string address, int number)
    {
        for (var patience = Stopwatch.StartNew(); patience.Elapsed < Patience; await Task.Delay(50))
        {
            if (Host.Embedded.Mailbox.For(address) is { } mails && mails.Count > number)
            {
                return mails[number];
            }
        }

        throw new InvalidOperationException($"Mail {number} to {address} did not come.");
    }

    /// <summary>How many mails an address has once nothing is under way any more.</summary>
    public async Task<int> CountAsync(string address)
    {
        // A stream is looked at four times a second.
        await Quiet.UntilAsync([Host.Embedded]);
        await Task.Delay(TimeSpan.FromMilliseconds(600));
        await Quiet.UntilAsync([Host.Embedded]);
        return Host.Embedded.Mailbox.For(address).Count;
    }

    /// <summary>An exchange of a document of Alice's that Bob receipts.</summary>
    public async Task<TestExchange> CompleteAsync()
    {
        var exchange = await TestExchange.RequestAsync(Bob, await TestDocument.DepositAsync(Alice, Bob));
        (await exchange.SubmitReceiptAsync()).Require(200);
        return exchange;
    }
}
