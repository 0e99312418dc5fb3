namespace FairShare.Repository.Tests.Namespaces;

public sealed class NamespaceGraphTests
{
    [Fact]
    public void ReferencesInCircles_TwoThatUseEachOther_AreBoth() =>
        Assert.Equal(["P.A -> P.B", "P.B -> P.A"], Circles("using P.B;\nnamespace P.A;", "using P.A;\nnamespace P.B;"));

    [Fact]
    public void ReferencesInCircles_ThreeInARing_AreAll() =>
        Assert.Equal(
            ["P.A -> P.B", "P.B -> P.C", "P.C -> P.A"],
            Circles("using P.B;\nnamespace P.A;", "using P.C;\nnamespace P.B;", "using P.A;\nnamespace P.C;")
        );

    [Fact]
    public void ReferencesInCircles_OneWay_AreNone() => Assert.Empty(Circles("using P.B;\nnamespace P.A;", "namespace P.B;"));

    [Fact]
    public void ReferencesInCircles_ReferenceIntoACircle_IsNoPartOfIt() =>
        Assert.DoesNotContain(
            "P.C -> P.A",
            Circles("using P.B;\nnamespace P.A;", "using P.A;\nnamespace P.B;", "using P.A;\nnamespace P.C;")
        );

    [Fact]
    public void ReferencesInCircles_QualifiedName_IsAReference() =>
        Assert.Equal(["P.A -> P.B", "P.B -> P.A"], Circles("namespace P.A; class X(P.B.Y y);", "using P.A;\nnamespace P.B;"));

    [Fact]
    public void ReferencesInCircles_TypeOfTheNamespaceAround_IsAReference() =>
        Assert.Equal(["P -> P.A", "P.A -> P"], Circles("using P.A;\nnamespace P; record Top;", "namespace P.A; class X(Top top);"));

    [Fact]
    public void ReferencesInCircles_CommentsAndLiterals_AreNone() =>
        Assert.Empty(Circles("using P.B;\nnamespace P.A;", "namespace P.B; // P.A.X\nclass Y { string Text = \"P.A.X\"; }"));

    private static IEnumerable<string> Circles(params string[] texts) =>
        new NamespaceGraph(texts).ReferencesInCircles.Order(StringComparer.Ordinal);
}
