using System.Text.Json.Nodes;
using FairShare.Scenarios.Tests.Notices;

namespace FairShare.Scenarios.Tests.BadInput;

/// <summary>Calls about notices that are refused, of a deployment that mails none.</summary>
internal static class NoticeCases
{
    public static IEnumerable<BadInputCase> All =>
        [
            BadInputCase.Of("notices about something else", world => NoticeWorld.SetAsync(world.Dave, "dave@example.com", "weather")),
            BadInputCase.Of("notices about nothing", world => NoticeWorld.SetAsync(world.Dave, "dave@example.com")),
            BadInputCase.Of(
                "notices about the same twice",
                world => NoticeWorld.SetAsync(world.Dave, "d@example.com", "endings", "endings")
            ),
            BadInputCase.Of(
                "notices to an address with a line break",
                world => NoticeWorld.SetAsync(world.Dave, "dave@example.com\r\nBcc: all@example.com", "documents")
            ),
            BadInputCase.Of("notices where none are sent", world => NoticeWorld.SetAsync(world.Dave, "dave@example.com", "documents")),
            BadInputCase.Of(
                "a code that was not mailed",
                world => world.Dave.PostAsync("/notices/confirmation", new JsonObject { ["code"] = "AAAAA-AAAAA" })
            ),
            BadInputCase.Of("an unsubscription with a malformed token", world => world.Dave.PostAsync("/notices/unsubscriptions/1")),
        ];
}
