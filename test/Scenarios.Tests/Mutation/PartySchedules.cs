namespace FairShare.Scenarios.Tests.Mutation;

/// <summary>Schedules in which somebody does what is not theirs to do.</summary>
internal static class PartySchedules
{
    public static Schedule AbortedByReader { get; } =
        new(
            "the downloader aborts the document",
            async world =>
            {
                var (document, _) = await Schedules.OpenDocumentAsync(world);
                await Schedules.AbortAsync(world, document, world.Bob);
                await Schedules.QuietAsync(world);
            }
        );
}
