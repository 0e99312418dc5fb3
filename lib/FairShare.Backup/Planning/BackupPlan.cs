using FairShare.Backup.Records;
using FairShare.Backup.Refresh;
using FairShare.Backup.Sharing;

namespace FairShare.Backup.Planning;

/// <summary>Where a share may go.</summary>
/// <param name="Name">What the owner calls the peer.</param>
/// <param name="Domain">What fails together with it.</param>
/// <param name="Operator">Who runs it.</param>
public sealed record SharePlace(string Name, string Domain, string Operator);

/// <summary>The numbers of a backup, once they are found to be good ones.</summary>
/// <param name="Scheme">How the body is spread.</param>
/// <param name="Parameters">m, n and f.</param>
/// <param name="Happy">How many receipts make the backup good.</param>
public sealed record BackupPlan(BackupScheme Scheme, RefreshParameters Parameters, int Happy)
{
    /// <summary>Decides whether a backup may be spread so.</summary>
    /// <param name="scheme">The scheme.</param>
    /// <param name="places">The peers; n is their number.</param>
    /// <param name="threshold">m; null for the least majority.</param>
    /// <param name="liars">f; null for the default.</param>
    /// <param name="happy">How many receipts make it good; null for all.</param>
    /// <param name="allowsSharedDomain">Whether a domain or an operator may hold too much.</param>
    /// <exception cref="PlanException">Why not.</exception>
    public static BackupPlan Require(
        BackupScheme scheme,
        IReadOnlyList<SharePlace> places,
        int? threshold = null,
        int? liars = null,
        int? happy = null,
        bool allowsSharedDomain = false
    )
    {
        var total = places.Count;
        var required = threshold ?? ((total / 2) + 1);
        Require(
            required >= SharingLimits.LeastThreshold,
            "invalid-threshold",
            $"m is at least {SharingLimits.LeastThreshold}: one share alone must not be the secret."
        );
        Require(total <= SharingLimits.GreatestTotal, "too-many-peers", $"At most {SharingLimits.GreatestTotal} peers hold a backup.");
        Require(required <= total, "too-few-peers", $"{required} shares are needed to restore, and there are {total} peers.");
        Require(
            places.Select(place => place.Name).Distinct(StringComparer.Ordinal).Count() == total,
            "peer-named-twice",
            "A peer is named twice: each holds one share."
        );
        var parameters = ParametersOf(required, total, liars);
        var wanted = happy ?? total;
        Require(
            wanted <= total && (wanted > required || wanted == total),
            "invalid-happy",
            $"Of {total} receipts, {required + 1} to {total} make a backup good."
        );
        if (!allowsSharedDomain)
        {
            RequireSpread(places, Math.Max(1, Math.Min(required - 1, total - required)));
        }

        return new BackupPlan(scheme, parameters, wanted);
    }

    private static RefreshParameters ParametersOf(int threshold, int total, int? liars)
    {
        try
        {
            return new RefreshParameters(threshold, total, liars ?? RefreshParameters.DefaultLiars(threshold, total));
        }
        catch (ArgumentOutOfRangeException)
        {
            throw new PlanException("invalid-liars", $"With {threshold} of {total} no refresh could succeed while {liars} peers lie.");
        }
    }

    // Whoever holds m shares has the secret, and with more than n - m gone it is lost.
    private static void RequireSpread(IReadOnlyList<SharePlace> places, int most)
    {
        foreach (
            var (kind, key) in new (string, Func<SharePlace, string>)[]
            {
                ("domain", place => place.Domain),
                ("operator", place => place.Operator),
            }
        )
        {
            foreach (var group in places.GroupBy(key, StringComparer.Ordinal).Where(group => group.Count() > most))
            {
                throw new PlanException(
                    "domain-holds-too-much",
                    $"The {kind} {group.Key} would hold {group.Count()} shares "
                        + $"({string.Join(", ", group.Select(place => place.Name))}); at most {most} are safe."
                );
            }
        }
    }

    private static void Require(bool holds, string code, string message)
    {
        if (!holds)
        {
            throw new PlanException(code, message);
        }
    }
}
