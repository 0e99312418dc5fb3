using System.CommandLine;

namespace FairShare.Cli.Commands.Vault;

/// <summary><c>vault</c>: files under a password.</summary>
internal static class VaultCommand
{
    public static Command Create(CommandRunner runner) =>
        new("vault", "Store files under a password, and fetch them by their code.")
        {
            PutItemCommand.Create(runner),
            GetItemCommand.Create(runner),
            CatalogueCommands.List(runner),
            CatalogueCommands.Find(runner),
            OwnerCommands.Show(runner),
            OwnerCommands.Limits(runner),
            OwnerCommands.Delete(runner),
            CatalogueCommands.Forget(runner),
            CatalogueCommands.Clean(runner),
            RekeyCommand.Create(runner),
            GatewayCommand.Create(runner),
        };
}
