using System.Text.RegularExpressions;
using Xunit;

namespace TemplateHost.Tests.Structure;

/// <summary>
/// Holds the folders of the host in layers. C# reaches another folder's types only through a using directive or a qualified name, so the
/// sources tell every reference, those inside of methods too.
/// </summary>
public sealed partial class NamespaceTests
{
    private static readonly string[] Services =
    [
        "ApiGateway",
        "CloudFormation",
        "Cognito",
        "DynamoDb",
        "EventBridge",
        "Iam",
        "Kms",
        "Lambda",
        "Logs",
        "S3",
        "Sqs",
        "StepFunctions",
        "Sts",
    ];

    private static IReadOnlyDictionary<string, HashSet<string>> References { get; } = ReadReferences();

    [Fact]
    public void Folders_AllOfThem_ReferenceOneAnotherWithoutCircles()
    {
        var circles = References.Keys.Where(folder => Reachable(folder).Contains(folder)).ToList();
        Assert.True(circles.Count == 0, $"In a circle of references: {string.Join(", ", circles)}.");
    }

    [Fact]
    public void Services_AllOfThem_KnowOneAnotherByTheKernelAlone()
    {
        var references =
            from service in Services
            from other in References[service].Intersect([.. Services, "Hosting"])
            select $"{service} -> {other}";
        Assert.Empty(references);
    }

    [Fact]
    public void Kernel_ItsReferences_AreToTheStoreAlone() =>
        Assert.Subset(new HashSet<string> { "Storage" }, References["Kernel"].ToHashSet());

    [Fact]
    public void References_OfTheCompositionToServices_AreSeen() => Assert.Superset(Services.ToHashSet(), References["Hosting"].ToHashSet());

    private static HashSet<string> Reachable(string folder)
    {
        var (found, open) = (new HashSet<string>(), new Queue<string>(References[folder]));
        while (open.TryDequeue(out var next))
        {
            if (found.Add(next))
            {
                foreach (var name in References[next])
                {
                    open.Enqueue(name);
                }
            }
        }

        return found;
    }

    private static Dictionary<string, HashSet<string>> ReadReferences()
    {
        var root = Repository.PathOf("emulator/TemplateHost");
        var folders = Directory.GetDirectories(root).Select(Path.GetFileName).OfType<string>().Except(["bin", "obj"]).ToHashSet();
        return folders.ToDictionary(folder => folder, folder => ReferencesOf(Path.Combine(root, folder), folder, folders));
    }

    private static HashSet<string> ReferencesOf(string directory, string own, HashSet<string> folders) =>
        Directory
            .EnumerateFiles(directory, "*.cs", SearchOption.AllDirectories)
            .SelectMany(file => Names().Matches(Texts().Replace(File.ReadAllText(file), "")))
            .Select(name => name.Groups[1].Value)
            .Where(name => name != own && folders.Contains(name))
            .ToHashSet();

    /// <summary>A name of a folder before a dot and a type, with or without the assembly's before it.</summary>
    [GeneratedRegex(@"(?<![\w.])(?:TemplateHost\.)?(\w+)(?=\.[A-Z]|;)")]
    private static partial Regex Names();

    /// <summary>Texts and comments, which name no type.</summary>
    [GeneratedRegex("//.*|\"(?:\\\\.|[^\"\\\\\\n])*\"")]
    private static partial Regex Texts();
}
