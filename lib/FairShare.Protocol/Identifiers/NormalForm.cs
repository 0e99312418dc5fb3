namespace FairShare.Protocol.Identifiers;

/// <summary>Unicode normalisation form C (UAX 15), independent of the platform's globalisation data.</summary>
internal static class NormalForm
{
    public static bool IsComposed(string text) => text.IsNormalized(System.Text.NormalizationForm.FormC);
}
