using OrderDesk.Worker;

var builder = Host.CreateApplicationBuilder(args);
builder.Services.AddSingleton<Inbox>();
builder.Services.AddSingleton<ThumbnailMaker>();
builder.Services.AddHostedService<FulfilmentWorker>();
builder.Services.AddHostedService<PickingWorker>();
builder.Services.AddHostedService<LabelPrinter>();
builder.Services.AddHostedService<PictureWorker>();

using var host = builder.Build();
await host.StartAsync();
if (args.Contains("--demo"))
{
    await Demo.RunAsync(host.Services.GetRequiredService<Inbox>());
    await host.StopAsync();
    return;
}

await host.WaitForShutdownAsync();
