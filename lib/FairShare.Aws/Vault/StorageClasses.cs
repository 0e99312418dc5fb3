using System.Globalization;

namespace FairShare.Aws.Vault;

/// <summary>
/// Where objects lie by how long they may live: the bucket drops what lies under a prefix after its days, should everything else fail.
/// </summary>
public static class StorageClasses
{
    /// <summary>What the keys of all classes begin with.</summary>
    public const string Prefix = "v/";

    /// <summary>The days, in ascending order.</summary>
    public static IReadOnlyList<int> Days { get; } = [1, 7, 30, 365];

    /// <summary>The class of an item that lives so long: the first that is long enough.</summary>
    public static int DaysFor(TimeSpan life) => Days.First(days => TimeSpan.FromDays(days) >= life);

    /// <summary>What the keys of a class begin with, for example <c>v/7/</c>.</summary>
    public static string PrefixOf(int days) => string.Create(CultureInfo.InvariantCulture, $"{Prefix}{days}/");
}
