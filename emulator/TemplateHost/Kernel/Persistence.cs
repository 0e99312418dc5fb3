using TemplateHost.Storage;

namespace TemplateHost.Kernel;

/// <summary>Work in the background that must not end because the disk was full for a while.</summary>
internal static class Persistence
{
    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    /// <summary>
    /// Does the work, and again from its beginning as often as the store is unavailable meanwhile: as a restarted host would.
    /// </summary>
    public static async Task InsistAsync(this HostContext host, string what, Func<Task> work, CancellationToken cancellationToken)
    {
        for (var isFirst = true; ; isFirst = false)
        {
            try
            {
                await work();
                return;
            }
            catch (StoreUnavailableException fault)
            {
                if (isFirst)
                {
                    host.Fault($"{what} waits for the store.", fault);
                }

                await Task.Delay(Pause, host.Time, cancellationToken);
            }
        }
    }
}
