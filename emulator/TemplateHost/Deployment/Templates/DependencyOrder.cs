namespace TemplateHost.Deployment.Templates;

/// <summary>Orders resources so that each comes after what it refers to or depends on; otherwise as in the template.</summary>
internal static class DependencyOrder
{
    /// <exception cref="DeploymentException">A cycle, named by its members; or a dependency on nothing.</exception>
    public static IReadOnlyList<TemplateResource> Of(IReadOnlyList<TemplateResource> resources)
    {
        var known = resources.ToDictionary(resource => resource.LogicalId);
        var ordered = new List<TemplateResource>();
        var path = new List<string>();
        var done = new HashSet<string>();
        foreach (var resource in resources)
        {
            Visit(resource);
        }

        return ordered;

        void Visit(TemplateResource resource)
        {
            if (done.Contains(resource.LogicalId))
            {
                return;
            }

            if (path.Contains(resource.LogicalId))
            {
                var cycle = path.SkipWhile(member => member != resource.LogicalId);
                throw new DeploymentException($"Circular dependency between resources: [{string.Join(", ", cycle)}]");
            }

            path.Add(resource.LogicalId);
            foreach (var needed in NeededBy(resource))
            {
                Visit(needed);
            }

            path.RemoveAt(path.Count - 1);
            done.Add(resource.LogicalId);
            ordered.Add(resource);
        }

        IEnumerable<TemplateResource> NeededBy(TemplateResource resource) =>
            References
                .In(resource.Properties)
                .Concat(References.AttributesIn(resource.Properties).Select(path => path.Resource))
                .Concat(resource.DependsOn)
                .Where(known.ContainsKey)
                .Distinct()
                .Select(name => known[name]);
    }
}
