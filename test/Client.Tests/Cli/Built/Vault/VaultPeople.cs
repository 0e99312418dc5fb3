using System.Text.Json.Nodes;
using FairShare.Client.Tests.Support;

namespace FairShare.Client.Tests.Cli.Built.Vault;

/// <summary>What tests of the vault's commands do with them.</summary>
internal static class VaultPeople
{
    /// <summary>The password of items, as a variable.</summary>
    public const string PasswordVariable = "FAIRSHARE_VAULT_PASSWORD";

    /// <summary>Stores something.</summary>
    public static async Task<JsonObject> PutItemAsync(this BuiltCommand person, string path, params string[] options) =>
        (await person.RunAsync(["vault", "put", path, "--json", .. options])).Answer;

    /// <summary>Fetches something.</summary>
    public static Task<CommandRun> GetItemAsync(this BuiltCommand person, JsonObject item, params string[] options) =>
        person.RunAsync(["vault", "get", item["link"]!.ToString(), "--json", .. options]);

    /// <summary>A person who knows the password that items of this test have.</summary>
    public static BuiltCommand Knowing(this BuiltCommand person, string password) => person.With(PasswordVariable, password);

    /// <summary>Somebody without a profile, on another machine.</summary>
    public static BuiltCommand Stranger(this Workspace workspace) => new(workspace.At("stranger"));
}
