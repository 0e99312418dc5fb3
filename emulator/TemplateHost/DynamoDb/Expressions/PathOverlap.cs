namespace TemplateHost.DynamoDb.Expressions;

/// <summary>Paths of one expression must lead to different places.</summary>
internal static class PathOverlap
{
    /// <exception cref="Kernel.AwsException">ValidationException: two paths that overlap or contradict each other.</exception>
    public static void Refuse(ExpressionReader reader, IReadOnlyList<DocumentPath> paths)
    {
        for (var second = 1; second < paths.Count; second++)
        {
            for (var first = 0; first < second; first++)
            {
                var pair = $"path one: {paths[first]}, path two: {paths[second]}";
                if (paths[first].Overlaps(paths[second]))
                {
                    throw reader.Refuse($"Two document paths overlap with each other; must remove or rewrite one of these paths; {pair}");
                }

                if (paths[first].Conflicts(paths[second]))
                {
                    throw reader.Refuse($"Two document paths conflict with each other; must remove or rewrite one of these paths; {pair}");
                }
            }
        }
    }
}
