using FairShare.Testing;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>One row of docs/problems.md: what is done in vain.</summary>
/// <param name="Name">The row's first cell.</param>
/// <param name="Prepare">Makes what the case needs, and gives the call that must be refused.</param>
public sealed record BadInputCase(string Name, Func<BadInputWorld, Task<Func<Task<Answer>>>> Prepare)
{
    /// <summary>A case that needs nothing but the parties.</summary>
    public static BadInputCase Of(string name, Func<BadInputWorld, Task<Answer>> call) =>
        new(name, world => Task.FromResult<Func<Task<Answer>>>(() => call(world)));

    /// <summary>A case about a document of Alice's that is uploaded, and has no evidence yet.</summary>
    public static BadInputCase OfUpload(string name, Func<BadInputWorld, TestDocument, Task<Answer>> call) =>
        new(
            name,
            async world =>
            {
                var document = await TestDocument.RequestUploadAsync(world.Alice);
                await document.UploadAsync();
                return () => call(world, document);
            }
        );

    /// <summary>A case about a document of Alice's that is on deposit for Bob.</summary>
    public static BadInputCase OfDocument(string name, Func<BadInputWorld, TestDocument, Task<Answer>> call) =>
        new(
            name,
            async world =>
            {
                var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                return () => call(world, document);
            }
        );

    /// <summary>A case about an exchange of such a document that awaits Bob's receipt.</summary>
    public static BadInputCase OfExchange(string name, Func<BadInputWorld, TestExchange, Task<Answer>> call) =>
        OfExchange(name, (world, _, exchange) => call(world, exchange));

    /// <inheritdoc cref="OfExchange(string, Func{BadInputWorld, TestExchange, Task{Answer}})"/>
    public static BadInputCase OfExchange(string name, Func<BadInputWorld, TestDocument, TestExchange, Task<Answer>> call) =>
        new(
            name,
            async world =>
            {
                var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                var exchange = await TestExchange.RequestAsync(world.Bob, document);
                await WaitUntilOpenAsync(exchange);
                return () => call(world, document, exchange);
            }
        );

    /// <summary>A case about an exchange that has completed.</summary>
    public static BadInputCase OfCompleted(string name, Func<BadInputWorld, TestDocument, TestExchange, Task<Answer>> call) =>
        new(
            name,
            async world =>
            {
                var document = await TestDocument.DepositAsync(world.Alice, world.Bob);
                var exchange = await TestExchange.RequestAsync(world.Bob, document);
                (await exchange.SubmitReceiptAsync()).Require(200);
                return () => call(world, document, exchange);
            }
        );

    /// <summary>Waits until the workflow has recorded the exchange.</summary>
    public static async Task WaitUntilOpenAsync(TestExchange exchange)
    {
        while ((await exchange.Downloader.GetAsync($"/exchanges/{exchange.Id}")).Status == 404)
        {
            await Task.Delay(20);
        }
    }
}
