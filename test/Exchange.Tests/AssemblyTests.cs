using System.Reflection;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests;

public class AssemblyTests
{
    private static readonly Assembly Protocol = typeof(EvidenceToken).Assembly;

    [Fact]
    public void References_OfTheProtocol_AreOnlyThePlatformsPureParts()
    {
        string[] allowed =
        [
            "System.Runtime",
            "System.Collections",
            "System.Collections.Immutable",
            "System.Linq",
            "System.Memory",
            "System.Formats.Asn1",
            "System.Runtime.Numerics",
            "System.Security.Cryptography",
            "System.Text.Json",
            "System.Text.Encodings.Web",
            "System.Text.Encoding.Extensions",
            "System.Runtime.Extensions",
        ];
        Assert.Empty(Protocol.GetReferencedAssemblies().Select(name => name.Name).Except(allowed));
    }

    [Fact]
    public void Types_OfTheProtocol_HoldNoStateInStatics()
    {
        var mutable = Protocol
            .GetTypes()
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal));
        Assert.Empty(mutable);
    }

    [Fact]
    public void Results_OfTheProtocol_AreClosed()
    {
        Type[] results =
        [
            typeof(EvidenceVerdict),
            typeof(FairShare.Exchange.States.ExchangeTransition),
            typeof(FairShare.Exchange.States.DocumentTransition),
        ];
        foreach (
            var constructor in results.SelectMany(type =>
                type.GetConstructors(BindingFlags.Instance | BindingFlags.Public | BindingFlags.NonPublic)
            )
        )
        {
            Assert.True(constructor.IsPrivate || constructor.GetParameters().Length == 1, constructor.ToString());
        }
    }
}
