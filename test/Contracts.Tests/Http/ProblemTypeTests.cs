using System.Reflection;
using FairShare.Contracts.Http;

namespace FairShare.Contracts.Tests.Http;

public sealed class ProblemTypeTests
{
    private static readonly List<ProblemType> All =
    [
        .. typeof(ProblemType)
            .Assembly.GetExportedTypes()
            .Where(type => type.Name.EndsWith("Problems", StringComparison.Ordinal))
            .SelectMany(type => type.GetProperties(BindingFlags.Public | BindingFlags.Static))
            .Select(property => property.GetValue(null))
            .OfType<ProblemType>(),
    ];

    [Fact]
    public void All_Codes_AreDifferent()
    {
        Assert.True(All.Count > 30);
        Assert.Equal(All.Count, All.Select(type => type.Code).Distinct().Count());
    }

    [Fact]
    public void All_Statuses_AreErrors() => Assert.All(All, type => Assert.InRange(type.Status, 400, 599));

    [Fact]
    public void With_ADetail_IsAnExceptionOfThatTypeAndCode()
    {
        var problem = CommonProblems.Busy.With("Later.");
        Assert.Equal((CommonProblems.Busy, "busy", "Later."), (problem.Type, problem.Code, problem.Message));
    }
}
