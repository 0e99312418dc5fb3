namespace TemplateHost.Tests.Contract;

/// <summary>
/// Where moto answers otherwise than the host, and the page of AWS's documentation that settles it; a row of docs/contracts.md.
/// </summary>
/// <param name="Contract">The class of the contract.</param>
/// <param name="Cases">The cases that moto does not pass.</param>
/// <param name="Where">The service, and what is asked of it.</param>
/// <param name="Host">What the host does.</param>
/// <param name="Moto">What moto does.</param>
/// <param name="Title">The page's title.</param>
/// <param name="Page">The page's address.</param>
internal sealed record Difference(string Contract, string[] Cases, string Where, string Host, string Moto, string Title, string Page)
{
    public string Row => $"| {Where} | {Host} | {Moto} | [{Title}]({Page}) |";
}
