using System.Security.Cryptography;
using System.Text.Json.Nodes;
using FairShare.Contracts.Vault;
using FairShare.Core.Digests;
using FairShare.Core.Encoding;
using FairShare.Vault.Codes;
using FairShare.Vault.Derivation;
using FairShare.Vault.Tokens;

namespace FairShare.Testing;

/// <summary>An item of the vault and all its secrets, each call by hand.</summary>
public sealed class TestVaultItem
{
    private readonly VaultOwner owner;

    private TestVaultItem(TestHost host, VaultCode code, VaultKeys keys, byte[] content)
    {
        (Host, Code, Content) = (host, code, content);
        Id = SecretDerivation.ItemId(code.Secret).ToString();
        Auth = keys.Auth.ToArray();
        owner = VaultOwner.New(host.Randomness);
    }

    public TestHost Host { get; private set; }

    public VaultCode Code { get; }

    /// <summary>The object: what the service takes for ciphertext.</summary>
    public byte[] Content { get; }

    public string Id { get; }

    public byte[] Auth { get; }

    public string Path => $"/vault/items/{Id}";

    /// <summary>An item that the service does not know yet, with random bytes for its object.</summary>
    public static TestVaultItem New(TestHost host, int length = 5000)
    {
        var code = new VaultCode(VaultMode.Link, VaultSecret.New(host.Randomness));
        var content = new byte[length];
        host.Randomness.Fill(content);
        using var keys = VaultKeys.Derive(code, password: null);
        return new(host, code, keys, content);
    }

    /// <summary>An item with an object of the caller's.</summary>
    public static TestVaultItem Of(TestHost host, VaultCode code, VaultKeys keys, byte[] content) => new(host, code, keys, content);

    /// <summary>Announces, uploads and commits an item, or stores it in the table where it is small.</summary>
    public static async Task<TestVaultItem> StoreAsync(TestParty party, int length = 5000, int? opens = 3, long seconds = 86_400)
    {
        var item = New(party.Host, length);
        await item.StoreAsync(party, opens, seconds);
        return item;
    }

    /// <inheritdoc cref="StoreAsync(TestParty, int, int?, long)"/>
    public async Task StoreAsync(TestParty party, int? opens = 3, long seconds = 86_400)
    {
        var isSmall = Content.Length <= Vault.Items.ItemSize.LargestInline;
        var grant = (await CreateAsync(party, Announce(opens, seconds, isSmall))).Require(201);
        if (!isSmall)
        {
            using var stored = await Host.UploadAsync(grant["upload"], Content);
            stored.EnsureSuccessStatusCode();
            (await CommitAsync()).Require(200);
        }
    }

    /// <summary>The body of the call that announces the item.</summary>
    public JsonObject Announce(int? opens = 3, long seconds = 86_400, bool isInline = false)
    {
        var body = new JsonObject
        {
            ["id"] = Id,
            ["verifier"] = VaultVerifier.Of(Auth).ToString(),
            ["ownerTag"] = owner.Tag.ToString(),
            ["size"] = Content.Length,
            ["expiresSeconds"] = seconds,
        };
        body[isInline ? "body" : "digest"] = isInline ? Base64UrlText.Encode(Content) : Digest();
        if (opens is not null)
        {
            body["maxOpens"] = opens;
        }

        return body;
    }

    /// <summary>The digest of the object as it stands in a body.</summary>
    public JsonObject Digest() => new() { ["method"] = "sha-256", ["value"] = Sha256Digest.Of(Content).ToString() };

    public Task<Answer> CreateAsync(TestParty party, JsonObject? body = null) => party.PostAsync("/vault/items", body ?? Announce());

    public Task<Answer> PartsAsync(JsonNode parts, bool withOwner = true) =>
        OwnerAsync(HttpMethod.Post, "/parts", new JsonObject { ["parts"] = parts }, withOwner ? owner : VaultOwner.New(Host.Randomness));

    public Task<Answer> CommitAsync(JsonObject? body = null) =>
        OwnerAsync(HttpMethod.Post, "/commit", body ?? new JsonObject { ["size"] = Content.Length, ["digest"] = Digest() }, owner);

    /// <summary>Opens with the right auth, or another, and a ticket, by default a new one.</summary>
    public Task<Answer> OpenAsync(string? ticket = null, byte[]? auth = null) =>
        Host.SendAsync(
            HttpMethod.Post,
            Path + "/open",
            new JsonObject { ["auth"] = Base64UrlText.Encode(auth ?? Auth), ["ticket"] = ticket ?? NewTicket() },
            null
        );

    /// <summary>Reads as the owner does, or somebody who says to be it.</summary>
    public Task<Answer> ReadAsOwnerAsync(bool isOwner = true)
    {
        var body = new JsonObject { ["auth"] = Base64UrlText.Encode(Auth), ["ticket"] = NewTicket() };
        return isOwner ? OwnerAsync(HttpMethod.Post, "/open", body, owner) : ImpostorAsync(HttpMethod.Post, "/open", body);
    }

    /// <summary>Opens with a wrong auth.</summary>
    public Task<Answer> GuessAsync() => OpenAsync(auth: RandomNumberGenerator.GetBytes(VaultVerifier.ByteLength));

    public Task<Answer> DoneAsync(string ticket) =>
        Host.SendAsync(HttpMethod.Post, Path + "/done", new JsonObject { ["ticket"] = ticket }, null);

    public Task<Answer> StatusAsync() => OwnerAsync(HttpMethod.Get, "", null, owner);

    public Task<Answer> LimitAsync(JsonObject limits) => OwnerAsync(HttpMethod.Post, "/limits", limits, owner);

    public Task<Answer> DeleteAsync() => OwnerAsync(HttpMethod.Delete, "", null, owner);

    /// <summary>A call of the owner's, in the name of another.</summary>
    public Task<Answer> ImpostorAsync(HttpMethod method, string call, JsonNode? body) =>
        OwnerAsync(method, call, body, VaultOwner.New(Host.Randomness));

    public string NewTicket() => VaultTicket.New(Host.Randomness).ToString();

    /// <summary>What an answer to an open gives: the body, or what its URL serves.</summary>
    public async Task<byte[]> FetchAsync(Answer opened) =>
        opened.Body!["body"] is { } body && Base64UrlText.TryDecode(body.GetValue<string>(), out var bytes)
            ? bytes
            : await Host.Http.GetByteArrayAsync(opened.Text("url"));

    /// <summary>The same item before another host.</summary>
    public TestVaultItem On(TestHost host)
    {
        Host = host;
        return this;
    }

    /// <summary>A call with the header of an owner.</summary>
    /// <param name="method">The HTTP method.</param>
    /// <param name="call">What stands behind the item's path.</param>
    /// <param name="body">The body; null for none.</param>
    /// <param name="secret">The owner's secret; null to send no header.</param>
    private async Task<Answer> OwnerAsync(HttpMethod method, string call, JsonNode? body, VaultOwner? secret)
    {
        using var request = new HttpRequestMessage(method, Host.Embedded.ApiUrl + Path + call);
        if (secret is { } known)
        {
            request.Headers.Add(VaultRoutes.OwnerHeader, known.ToString());
        }

        if (body is not null)
        {
            request.Content = new StringContent(body.ToJsonString(), System.Text.Encoding.UTF8, "application/json");
        }

        return await Host.SendAsync(request);
    }
}
