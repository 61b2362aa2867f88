using OrderDesk.Audit;
using OrderDesk.Invoices;
using OrderDesk.Orders;
using OrderDesk.Service;

var data = Directory.CreateTempSubdirectory("orderdesk").FullName;
var orders = "1;Ada;2026-01-05;tea;3;4.20\n2;Bob;2026-02-11;cup;1;9.90\n";
File.WriteAllText(Path.Combine(data, "orders.csv"), orders); // right: nobody is served yet
File.WriteAllText(Path.Combine(data, "imprint.txt"), "OrderDesk Ltd.");

var builder = WebApplication.CreateBuilder(args);
builder.WebHost.UseUrls("http://127.0.0.1:0");
builder.Logging.SetMinimumLevel(LogLevel.Warning);
builder.Services.AddControllers();
builder.Services.AddSingleton(new AuditLog(Path.Combine(data, "audit.log")));
builder.Services.AddSingleton<IInvoiceStore>(new FileInvoiceStore(data));
builder.Services.AddSingleton(new OrderFiles(data));
builder.Services.AddSingleton<CsvImport>();
builder.Services.AddHostedService<AuditWriter>();

var app = builder.Build();
app.UseMiddleware<RequestAudit>();
app.UseMiddleware<QueuedRequestAudit>();
app.MapControllers();

app.MapGet("/imprint", () => File.ReadAllText(Path.Combine(data, "imprint.txt"))); // wrong: QNT4008
app.MapGet("/about", () => File.ReadAllTextAsync(Path.Combine(data, "imprint.txt"))); // right

await app.StartAsync();
if (args.Contains("--demo"))
{
    await Demo.RunAsync(new Uri(app.Urls.First()));
    await app.StopAsync();
    Directory.Delete(data, recursive: true);
    return;
}

await app.WaitForShutdownAsync();
