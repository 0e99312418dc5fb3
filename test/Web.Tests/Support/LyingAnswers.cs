using System.Text.Json.Nodes;
using Microsoft.Playwright;

namespace FairShare.Web.Tests.Support;

/// <summary>Answers of a store that lies: markup in every member that the page shows and no seal holds.</summary>
internal static class LyingAnswers
{
    private const string Time = "2026-01-01T00:00:00.000Z";

    /// <summary>Answers a call of the API, or passes it on where the page would only show what is sealed.</summary>
    /// <param name="route">The call.</param>
    /// <param name="me">The party that reads.</param>
    public static async Task AnswerAsync(IRoute route, string me)
    {
        var path = new Uri(route.Request.Url).AbsolutePath["/api".Length..];
        if (route.Request.Method == "POST")
        {
            await route.FulfillAsync(
                new()
                {
                    Status = 400,
                    Body = new JsonObject
                    {
                        ["code"] = $"{ForeignTexts.Markup} code",
                        ["detail"] = $"{ForeignTexts.Markup} detail",
                    }.ToJsonString(),
                }
            );
        }
        else if (Answer(path, me) is { } answer)
        {
            await route.FulfillAsync(new() { Status = 200, Body = answer.ToJsonString() });
        }
        else if (path.StartsWith("/exchanges/", StringComparison.Ordinal) && path.Split('/').Length == 3)
        {
            var real = await route.FetchAsync();
            var view = JsonNode.Parse(await real.TextAsync())!;
            view["name"] = ForeignTexts.Markup;
            await route.FulfillAsync(new() { Response = real, Body = view.ToJsonString() });
        }
        else
        {
            await route.ContinueAsync();
        }
    }

    private static JsonObject? Answer(string path, string me) =>
        path switch
        {
            "/documents" => List("documents", Document()),
            "/exchanges" => List("exchanges", Exchange(me, ForeignTexts.Markup), Exchange(ForeignTexts.Markup, me)),
            "/notices" => new()
            {
                ["state"] = ForeignTexts.Markup,
                ["about"] = new JsonArray(),
                ["address"] = ForeignTexts.Markup,
                ["pendingAddress"] = ForeignTexts.Markup,
            },
            "/webhooks" => List("webhooks", Webhook()),
            "/webhooks/w/deliveries" => List("deliveries", Delivery()),
            _ => null,
        };

    private static JsonObject List(string name, params JsonNode[] entries) => new() { [name] = new JsonArray(entries) };

    private static JsonObject Document() =>
        new()
        {
            ["fileId"] = ForeignTexts.Markup,
            ["name"] = ForeignTexts.Markup,
            ["size"] = 1,
            ["uploader"] = ForeignTexts.Markup,
            ["audience"] = new JsonArray(ForeignTexts.Markup),
            ["state"] = ForeignTexts.Markup,
            ["depositedAt"] = Time,
        };

    private static JsonObject Exchange(string uploader, string downloader) =>
        new()
        {
            ["exchangeId"] = $"{uploader}\"{ForeignTexts.Markup}",
            ["fileId"] = "other",
            ["name"] = ForeignTexts.Markup,
            ["uploader"] = uploader,
            ["downloader"] = downloader,
            ["state"] = "Completed",
            ["openedAt"] = Time,
        };

    private static JsonObject Webhook() =>
        new()
        {
            ["webhookId"] = "w",
            ["url"] = ForeignTexts.Markup,
            ["state"] = ForeignTexts.Markup,
            ["offReason"] = ForeignTexts.Markup,
        };

    private static JsonObject Delivery() =>
        new()
        {
            ["messageId"] = $"{ForeignTexts.Markup} message",
            ["state"] = ForeignTexts.Markup,
            ["at"] = Time,
            ["attempts"] = 1,
            ["failure"] = $"{ForeignTexts.Markup} failure",
            ["status"] = ForeignTexts.Markup,
        };
}
