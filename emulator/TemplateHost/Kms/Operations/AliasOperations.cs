using System.Text.Json.Nodes;
using TemplateHost.Gateway;
using TemplateHost.Kernel;
using TemplateHost.Kms.Model;
using TemplateHost.Kms.Storage;

namespace TemplateHost.Kms.Operations;

/// <summary>CreateAlias, UpdateAlias, DeleteAlias, ListAliases. Each takes a permission on the alias and one on the key.</summary>
internal sealed class AliasOperations(HostContext context, KeyStore keys)
{
    public async Task<JsonObject> CreateAsync(JsonCall call)
    {
        var (name, key) = Demand(call);
        if (keys.FindAlias(name) is not null)
        {
            throw new AwsException("AlreadyExistsException", $"An alias with the name {Arn(name)} already exists");
        }

        await keys.PutAliasAsync(name, key.KeyId);
        return [];
    }

    public async Task<JsonObject> UpdateAsync(JsonCall call)
    {
        var (name, key) = Demand(call);
        await keys.PutAliasAsync(Existing(name).Name, key.KeyId);
        return [];
    }

    public async Task<JsonObject> DeleteAsync(JsonCall call)
    {
        var name = Name(call);
        context.Authorizer.Demand(call.Caller, call.Right, Arn(name));
        var key = keys.Get(Existing(name).KeyId);
        context.Authorizer.Demand(call.Caller, call.Right, key.Arn, key.Policy);
        await keys.DeleteAliasAsync(name);
        return [];
    }

    public Task<JsonObject> ListAsync(JsonCall call)
    {
        context.Authorizer.Demand(call.Caller, call.Right, "*");
        var wanted = call.Input["KeyId"]?.ToString() is { } identifier ? keys.Get(identifier).KeyId : null;
        var found = keys.Aliases.Where(alias => wanted is null || alias.KeyId == wanted).ToList();
        return Task.FromResult(KeyAccess.Pages(100).Page(call.Input, "Aliases", found, Describe));
    }

    private JsonObject Describe(KeyAlias alias) =>
        new()
        {
            ["AliasName"] = alias.Name,
            ["AliasArn"] = Arn(alias.Name),
            ["TargetKeyId"] = alias.KeyId,
            ["CreationDate"] = alias.CreatedAt.ToUnixTimeMilliseconds() / 1000.0,
        };

    private (string Name, KeyRecord Key) Demand(JsonCall call)
    {
        var name = Name(call);
        context.Authorizer.Demand(call.Caller, call.Right, Arn(name));
        var key = keys.Get(KeyAccess.Required(call, "TargetKeyId"));
        context.Authorizer.Demand(call.Caller, call.Right, key.Arn, key.Policy);
        return (name, KeyAccess.DemandKept(key));
    }

    private static string Name(JsonCall call)
    {
        var name = KeyAccess.Required(call, "AliasName");
        if (!name.StartsWith("alias/", StringComparison.Ordinal))
        {
            throw new AwsException(
                "ValidationException",
                "Alias must start with the prefix \"alias/\". Please see "
                    + "https://docs.aws.amazon.com/kms/latest/developerguide/kms-alias.html"
            );
        }

        return name.StartsWith("alias/aws/", StringComparison.Ordinal) ? throw new AwsException("NotAuthorizedException", "")
            : name["alias/".Length..].All(letter => char.IsAsciiLetterOrDigit(letter) || letter is '/' or '_' or '-') && name.Length > 6
                ? name
            : throw new AwsException("ValidationException", $"{name} contains invalid characters for an alias");
    }

    private KeyAlias Existing(string name) =>
        keys.FindAlias(name) ?? throw new AwsException("NotFoundException", $"Alias {Arn(name)} is not found.");

    private string Arn(string name) => context.Arn("kms", name);
}
