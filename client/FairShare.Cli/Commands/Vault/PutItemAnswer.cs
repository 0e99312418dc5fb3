using System.Text.Json.Nodes;
using FairShare.Cli.Output;
using FairShare.Client.Vault.Items;
using FairShare.Core.Identifiers;
using FairShare.Vault.Codes;

namespace FairShare.Cli.Commands.Vault;

/// <summary>What <c>vault put</c> answers.</summary>
internal static class PutItemAnswer
{
    public static CommandResult Of(StoredItem item, VaultPutOrder order, string site, bool showsQr)
    {
        var link = VaultSession.LinkOf(site, item.Code)?.ToString();
        var cookie = VaultCookie.Write(item.Code.Secret);
        var json = new JsonObject
        {
            ["code"] = item.Code.ToString(),
            ["cookie"] = cookie,
            ["link"] = link,
            ["id"] = item.Id.ToString(),
            ["name"] = order.Name,
            ["size"] = item.ContentLength,
            ["objectSize"] = item.Size,
            ["expiresAt"] = Timestamp.Format(item.ExpiresAt),
            ["maxOpens"] = item.MaxOpens,
            ["resumed"] = item.Resumed,
        };
        string[] lines =
        [
            $"Stored {order.Name} ({item.ContentLength} bytes) until {Timestamp.Format(item.ExpiresAt)}, {Opens(item.MaxOpens)}.",
            .. item.Resumed ? ["An upload that was cut short was gone on with."] : Array.Empty<string>(),
            $"code    {item.Code}",
            $"cookie  {cookie}",
            .. link is null ? Array.Empty<string>() : [$"link    {link}"],
            .. link is not null && showsQr ? QrLines.Of(link) : [],
        ];
        return new(json, lines);
    }

    private static string Opens(int? maxOpens) =>
        maxOpens switch
        {
            null => "as often as somebody opens it",
            1 => "for one open",
            _ => $"for {maxOpens} opens",
        };
}
