using FairShare.Testing;

namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Defects of the vault's opener.</summary>
internal static class VaultMutants
{
    private static Schedule TwoOpeners { get; } =
        new(
            "two open an item at once that opens once",
            async world =>
            {
                var item = await TestVaultItem.StoreAsync(world.Alice, length: 300, opens: 1);
                var hold = world.HoldAt("OpenVaultItem", "TransactWriteItems");
                var first = item.OpenAsync();
                await hold.Reached;
                var second = await item.OpenAsync();
                hold.Release();
                VaultRules.Judge(item, opens: 1, [await first, second], world.Sight.Break);
            }
        );

    private static Schedule Guesser { get; } =
        new(
            "somebody guesses twelve times",
            async world =>
            {
                var item = await TestVaultItem.StoreAsync(world.Alice, length: 300);
                var answers = new List<Answer>();
                for (var guess = 0; guess < 12; guess++)
                {
                    answers.Add(await item.GuessAsync());
                }

                VaultRules.Judge(item, opens: 3, answers, world.Sight.Break);
            }
        );

    public static IReadOnlyList<Mutant> All { get; } =
    [
        new(
            "opens-without-a-limit",
            "OpenVaultItem",
            "counts an open without the condition that one is left",
            Promise.CountedExactly,
            TwoOpeners
        )
        {
            Defect = new("OpenVaultItem") { Wire = Wires.Asks("TransactWriteItems", (_, body) => SharedDefects.OpenWithoutALimit(body)) },
        },
        new("guesses-are-not-charged", "OpenVaultItem", "compares a guess without charging it", Promise.CountedExactly, Guesser)
        {
            Defect = new("OpenVaultItem") { Wire = Wires.Asks("UpdateItem", (_, body) => SharedDefects.GuessForNothing(body)) },
        },
    ];
}
