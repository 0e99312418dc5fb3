using System.Reflection;
using FairShare.Contracts.Http;
using FairShare.Functions.Hosting;
using FairShare.Functions.Modules;

namespace FairShare.Functions.Tests;

public sealed class HandlerCatalogTests
{
    [Fact]
    public void Routes_EveryRouteOfTheContracts_HasOneHandler()
    {
        var declared = typeof(Route)
            .Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Routes", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => ((Route)property.GetValue(null)!).Name);
        Assert.Equal(
            declared.Order(StringComparer.Ordinal),
            HandlerCatalog.AllRoutes.Select(entry => entry.Route.Name).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void Names_EveryOne_IsAClassOfTheFunctions()
    {
        var classes = typeof(HandlerCatalog).Assembly.GetTypes().Select(type => type.Name).ToHashSet();
        Assert.All(HandlerCatalog.Names, name => Assert.Contains(name, classes));
    }

    [Fact]
    public void Routes_Rights_NameNoActionTwice()
    {
        foreach (var entry in HandlerCatalog.AllRoutes)
        {
            var actions = entry
                .Rights.OfType<ItemRight>()
                .SelectMany(right => right.Actions.Select(action => $"{action} {string.Join(' ', right.Partitions)}"))
                .Concat(entry.Rights.Where(right => right is IndexRight or UseRight).Select(right => right.ToString()))
                .ToList();
            Assert.Equal(actions.Distinct(), actions);
        }
    }

    [Fact]
    public void Create_UnknownName_SaysWhich()
    {
        var services = new FunctionServices(
            new FunctionSettings(new Dictionary<string, string> { ["AWS_ACCESS_KEY_ID"] = "id", ["AWS_SECRET_ACCESS_KEY"] = "key" }),
            FunctionDependencies.System
        );
        Assert.Contains("'Nobody'", Assert.Throws<ArgumentException>(() => (object)HandlerCatalog.Create("Nobody", services)).Message);
    }
}
