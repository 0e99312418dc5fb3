namespace FairShare.Contracts.Notices;

/// <summary>Where the caller wants mail, and about what.</summary>
/// <param name="Address">The address.</param>
/// <param name="About">One or both of <c>documents</c>: one waits for the caller's receipt, and <c>endings</c>: an exchange of a document
/// of the caller's has ended.</param>
public sealed record NoticeRequest(string Address, IReadOnlyList<string> About);

/// <summary>What the mail to an address says.</summary>
/// <param name="Code">The code of ten letters and digits; blanks and hyphens in it, and its case, do not count.</param>
public sealed record NoticeConfirmation(string Code);

/// <summary>The caller's notices.</summary>
/// <param name="State">Off, Pending until the address is confirmed, or Active.</param>
/// <param name="About">What they are about; empty while there are none.</param>
/// <param name="Address">Where they go.</param>
public sealed record NoticeView(string State, IReadOnlyList<string> About, string? Address = null);
