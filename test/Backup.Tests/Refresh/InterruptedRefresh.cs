using FairShare.Backup.Refresh;

namespace FairShare.Backup.Tests.Refresh;

/// <summary>
/// A refresh that ends after so many steps, one step of one peer each, and begins again from the start. Its certificate is kept.
/// </summary>
internal sealed class InterruptedRefresh(RefreshScene scene)
{
    private (RefreshTranscript Transcript, RefreshCertificate Certificate)? certified;
    private int left;

    public void Go(int steps)
    {
        left = steps;
        certified ??= Certify();
        if (certified is var (transcript, certificate))
        {
            Each(index => scene.Finish(index, transcript, certificate));
        }
    }

    private (RefreshTranscript, RefreshCertificate)? Certify()
    {
        var keys = Each(scene.Offer);
        var deals = Each(index => scene.Deal(index, keys));
        var transcript = RefreshTranscript.Of(keys, deals, [], []);
        var prepared = Each(index => scene.Prepare(index, transcript));
        return left >= 0 ? (transcript, new(prepared)) : null;
    }

    private void Each(Action<int> step) =>
        Each(index =>
        {
            step(index);
            return index;
        });

    // Who is in the next epoch has nothing left to do.
    private List<T> Each<T>(Func<int, T> step)
    {
        var done = new List<T>();
        for (var index = 1; index <= scene.Parameters.Total; index++)
        {
            if (scene.Kept[index - 1].Epoch == 1 && left-- > 0)
            {
                done.Add(step(index));
            }
        }

        return done;
    }
}
