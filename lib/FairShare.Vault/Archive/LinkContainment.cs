namespace FairShare.Vault.Archive;

/// <summary>
/// Whether symbolic links of a tree lead out of it: to the folder around it, or to what stands there beside it. They are followed as the
/// system would follow them, other links of the tree included: <c>t/s -> .</c> and <c>t/a/l -> ../s/..</c> lead out of <c>t</c>, although
/// neither text does.
/// </summary>
/// <param name="targets">What each link's path leads to, as its text says.</param>
/// <param name="topLevel">The names at the root that are the tree's own.</param>
internal sealed class LinkContainment(IReadOnlyDictionary<string, string> targets, IReadOnlyCollection<string> topLevel)
{
    // More than any system follows; what goes round leads nowhere.
    private const int MaxFollowed = 64;

    private readonly HashSet<string> own = new(topLevel, ArchiveLimits.Names);

    // Characters of paths: a bound on the work, far above what trees of people need.
    private long work = (1L << 26) + (targets.Count * 4096L);

    /// <summary>Whether this link leads out, or cannot be told with reasonable work.</summary>
    /// <param name="path">The path of a link, one of the targets' keys.</param>
    public bool Leaves(string path)
    {
        var at = Components(EntryPath.Parent(path)).ToList();
        var ahead = new Stack<string>();
        var followed = 0;
        if (!Follow(targets[path], ahead))
        {
            return true;
        }

        while (ahead.TryPop(out var component))
        {
            if (at.Count == 0 && !own.Contains(component))
            {
                return true;
            }

            if (component == "..")
            {
                at.RemoveAt(at.Count - 1);
                continue;
            }

            at.Add(component);
            var reached = string.Join('/', at);
            if ((work -= reached.Length) < 0)
            {
                return true;
            }

            if (targets.TryGetValue(reached, out var target))
            {
                at.RemoveAt(at.Count - 1);
                if (!Follow(target, ahead))
                {
                    return true;
                }

                if (++followed > MaxFollowed)
                {
                    return false;
                }
            }
        }

        return at.Count == 0;
    }

    // False for an absolute target.
    private bool Follow(string target, Stack<string> ahead)
    {
        work -= target.Length;
        foreach (var component in Components(target).Reverse())
        {
            ahead.Push(component);
        }

        return !target.StartsWith('/') && !(OperatingSystem.IsWindows() && Path.IsPathRooted(target));
    }

    private static IEnumerable<string> Components(string path) => path.Split('/').Where(component => component is not ("" or "."));
}
