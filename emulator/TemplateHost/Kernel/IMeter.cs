namespace TemplateHost.Kernel;

/// <summary>Counts billable units under the names of the price table, for example <c>dynamodb.writeRequestUnit</c>.</summary>
internal interface IMeter
{
    void Add(string unit, double amount = 1);
}
