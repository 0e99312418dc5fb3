using System.Reflection;
using FairShare.Core.Errors;
using FairShare.Exchange.Evidence;

namespace FairShare.Exchange.Tests;

public class AssemblyTests
{
    private static readonly Assembly[] Pure = [typeof(EvidenceToken).Assembly, typeof(TokenFault).Assembly];

    [Fact]
    public void References_OfCoreAndExchange_AreOnlyThePlatformsPureParts()
    {
        string[] allowed =
        [
            "FairShare.Core",
            "System.Runtime",
            "System.Collections",
            "System.Collections.Concurrent",
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
        Assert.Empty(Pure.SelectMany(assembly => assembly.GetReferencedAssemblies()).Select(name => name.Name).Except(allowed));
    }

    [Fact]
    public void Types_OfCoreAndExchange_HoldNoStateInStatics()
    {
        var mutable = Pure.SelectMany(assembly => assembly.GetTypes())
            .SelectMany(type => type.GetFields(BindingFlags.Static | BindingFlags.Public | BindingFlags.NonPublic))
            .Where(field => !field.IsInitOnly && !field.IsLiteral && !field.Name.Contains('<', StringComparison.Ordinal));
        Assert.Empty(mutable);
    }

    [Fact]
    public void Results_OfCoreAndExchange_AreClosed()
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
