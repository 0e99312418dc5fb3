namespace FairShare.Web.Tests.Support;

/// <summary>The classes that look at one completed exchange, one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class CompletedExchangeCollection : ICollectionFixture<CompletedExchange>
{
    public const string Name = "a completed exchange";
}

/// <summary>An exchange between two people at two browsers, from when a test first asks for it.</summary>
public sealed class CompletedExchange(PageHost host) : IAsyncDisposable
{
    private Task? running;

    /// <summary>Who sent the document.</summary>
    public Person Alice { get; private set; } = null!;

    /// <summary>Who received it.</summary>
    public Person Bob { get; private set; } = null!;

    /// <summary>The document.</summary>
    public string Contract { get; private set; } = "";

    /// <summary>The exchange's id.</summary>
    public string Id { get; private set; } = "";

    /// <summary>Has the exchange made, or skips the test where that cannot be.</summary>
    public async Task RequireAsync()
    {
        await host.RequireAsync();
        await (running ??= RunAsync());
    }

    /// <summary>Shows the exchange to the receiver as it is now, and not as the page has it.</summary>
    public async Task ReloadAsync()
    {
        await Bob.GoAsync($"exchange/{Id}");
        await Bob.Page.ReloadAsync();
        await Bob.Page.Locator("#page[data-ready]").WaitForAsync();
    }

    /// <summary>How many entries the log has, once it has any: it enters tokens about once a minute.</summary>
    public async Task<int> LogSizeAsync()
    {
        await RequireAsync();
        var cancellation = TestContext.Current.CancellationToken;
        using var http = new HttpClient();
        while (true)
        {
            using var answer = await http.GetAsync($"{host.Url}/log/checkpoint", cancellation);
            if (answer.IsSuccessStatusCode)
            {
                return int.Parse((await answer.Content.ReadAsStringAsync(cancellation)).Split('\n')[1], null);
            }

            await Task.Delay(500, cancellation);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await (Alice?.DisposeAsync() ?? ValueTask.CompletedTask);
        await (Bob?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task RunAsync()
    {
        (Alice, Bob) = (await host.JoinAsync(), await host.JoinAsync());
        Contract = host.Write("contract.txt", "Alice sells Bob a bicycle.\n"u8);
        await Alice.SendAsync(Contract, Bob.Address);
        await Bob.AskAsync();
        await Bob.SignAsync();
        Id = Bob.Page.Url.Split('/')[^1];
    }
}
